package sample

type person struct{}
type invoice struct{}
type contract struct{}
type contact struct{}
type ticket struct{}
type promise struct{}
type answer struct{}
type quote struct{}
type loss struct{}

func (b *Block) invoice(d *dice, l *life, sold []line, cause *trace, strength float64) {}
func (b *Block) meet(d *dice, l *life)                                                 {}
func (b *Block) deal(d *dice, l *life)                                                 {}
func (b *Block) ask(d *dice, l *life)                                                  {}
func (b *Block) lose(d *dice, l *life)                                                 {}

func (b *Block) writeRecords(sheets *[tables]sheet) {}
func (s *shop) companyTables() pages                { return pages{} }
