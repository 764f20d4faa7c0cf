package warehouse

import (
	"context"
	"database/sql"
)

// productNames remembers which products still have no name, so that the first
// name given to each can be kept.
type productNames struct {
	named map[int32]bool
	fresh map[int32]string
}

func (p *productNames) load(ctx context.Context, conn *sql.Conn) error {
	p.named, p.fresh = map[int32]bool{}, map[int32]string{}
	rows, err := conn.QueryContext(ctx, query("product.named"))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var n int32
		if err := rows.Scan(&n); err != nil {
			return err
		}
		p.named[n] = true
	}
	return rows.Err()
}

func (p *productNames) see(number int32, name string) {
	if name == "" || number < 0 || p.named[number] {
		return
	}
	p.named[number] = true
	p.fresh[number] = string([]byte(name))
}

func (p *productNames) save(ctx context.Context, conn *sql.Conn, id int64) error {
	if len(p.fresh) == 0 {
		return nil
	}
	if _, err := conn.ExecContext(ctx, query("word.again")); err != nil {
		return err
	}
	b := &batch{table: "word_again"}
	number, name, by := b.column("number", asInt), b.column("id", asText), b.column("import_id", asBig)
	for n, s := range p.fresh {
		number.addInt(n)
		name.addText(s)
	}
	by.sameBig(id, len(p.fresh))
	b.rows = len(p.fresh)
	if err := put(ctx, conn, b); err != nil {
		return err
	}
	_, err := conn.ExecContext(ctx, query("product.name"))
	return err
}
