// Package team adds up what colleagues do for customers: which promises were kept,
// where attention goes, who is rewarded for whom, and how those feel who do it.
//
// It stands on the floor of judgement: it opens nothing, reads no clock and throws
// no dice. Before it come the warehouse and the store, which hand it cards and
// sums; after it the pages, reports and letters. It compares teams by default;
// colleagues only where their company has switched that on (METHODS 8.6, 13).
package team
