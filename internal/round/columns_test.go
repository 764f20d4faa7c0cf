package round_test

import (
	"reflect"

	"behold"
)

// The columns of Lines, moved by reflection so that a new one is not forgotten.

func columns(l *behold.Lines, do func(reflect.Value)) {
	v := reflect.ValueOf(l).Elem()
	for i := range v.NumField() {
		if c := v.Field(i); c.Kind() == reflect.Slice && !c.IsNil() {
			do(c)
		}
	}
}

func swap(l *behold.Lines, to, from int) {
	columns(l, func(c reflect.Value) { c.Index(to).Set(c.Index(from)) })
}

func cut(l *behold.Lines, n int) {
	columns(l, func(c reflect.Value) { c.SetLen(n) })
}

// repeat adds line i once more, under another order number, recorded at.
func repeat(l *behold.Lines, i int, order string, recorded int64) {
	columns(l, func(c reflect.Value) { c.Set(reflect.Append(c, c.Index(i))) })
	last := l.Len() - 1
	l.Order[last], l.RecordedAt[last], l.Row[last] = order, recorded, int64(1_000_000+last)
}
