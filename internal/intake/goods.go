package intake

import (
	"slices"
	"strings"
)

// A goodsBook knows what is goods. It remembers what it has judged,
// because the same few thousand products come a million times.
type goodsBook struct {
	codes  map[string]bool
	names  map[string]bool
	single map[string]bool // words of one word
	phrase []string        // of several
}

func newGoodsBook() *goodsBook {
	b := &goodsBook{codes: map[string]bool{}, names: map[string]bool{}, single: map[string]bool{}}
	for _, w := range notGoodsNames {
		if strings.Contains(w, " ") {
			b.phrase = append(b.phrase, w)
		} else {
			b.single[w] = true
		}
	}
	return b
}

// mostJudged bounds the memory of a goodsBook.
const mostJudged = 1 << 16

// goods says whether a line with this product code and text is a thing that
// was sold. A code that looks like an article number (it has a digit, and is
// none of the known ones) outweighs the text: "FREIGHT TRAIN 24cm" is a toy.
func (b *goodsBook) goods(code, name string) bool {
	if code != "" {
		goods, known := b.codes[code]
		if !known {
			goods = !notGoodsCode(code)
			if len(b.codes) < mostJudged {
				b.codes[strings.Clone(code)] = goods
			}
		}
		if !goods {
			return false
		}
		if strings.ContainsAny(code, "0123456789") {
			return true
		}
	}
	if name == "" {
		return true
	}
	goods, known := b.names[name]
	if !known {
		goods = !b.notGoodsName(name)
		if len(b.names) < mostJudged {
			b.names[strings.Clone(name)] = goods
		}
	}
	return goods
}

func notGoodsCode(code string) bool {
	upper := strings.ToUpper(code)
	if slices.Contains(notGoodsCodes, upper) {
		return true
	}
	for _, start := range notGoodsStarts {
		if rest, ok := strings.CutPrefix(upper, start); ok && strings.Trim(rest, "0123456789_-") == "" {
			return true
		}
	}
	return false
}

func (b *goodsBook) notGoodsName(name string) bool {
	words := strings.Fields(foldWords(name))
	if len(words) > 6 {
		return false // a sentence about a thing, not the name of a fee
	}
	for _, w := range words {
		if b.single[w] {
			return true
		}
	}
	line := " " + strings.Join(words, " ") + " "
	return slices.ContainsFunc(b.phrase, func(p string) bool { return strings.Contains(line, " "+p+" ") })
}

// foldWords folds word by word.
func foldWords(s string) string {
	words := strings.FieldsFunc(s, func(r rune) bool { return r <= ' ' || strings.ContainsRune("-_./,;:()[]&+", r) })
	for i, w := range words {
		words[i] = fold(w)
	}
	return strings.Join(words, " ")
}

// isBadDebt says whether a document kind or a product text books a bad debt.
func isBadDebt(text string) bool { return startsLike(text, debtWords) }

// isCredit says whether a document kind is one of a credit note.
func isCredit(kind string) bool { return startsLike(kind, creditWords) }

// startsLike says whether the folded text begins with one of the words, or has
// it as its end (Factuur/creditnota, salgskreditnota).
func startsLike(text string, words []string) bool {
	folded := fold(text)
	return slices.ContainsFunc(words, func(w string) bool {
		w = fold(w)
		return strings.HasPrefix(folded, w) || strings.HasSuffix(folded, w) || strings.HasSuffix(folded, w+"note") || strings.HasSuffix(folded, w+"nota")
	})
}
