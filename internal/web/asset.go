package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"strings"
	"time"
)

// asset/vendor is not in the repository: "make assets" puts htmx there, and a
// program built without it serves the same pages with full reloads.
//
//go:embed asset
var embedded embed.FS

type asset struct {
	bytes []byte
	mark  string // of its content, so that browsers may keep it for good
}

// assets are the files beside the pages, by name: behold.css and behold.js, put
// together from style/ and script/ in the order of their names, and those that
// are served as they are.
type assets map[string]asset

func readAssets() assets {
	whole := map[string][]byte{}
	err := fs.WalkDir(embedded, "asset", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := embedded.ReadFile(path)
		name := strings.TrimPrefix(path, "asset/")
		switch {
		case strings.HasPrefix(name, "style/"):
			name = "behold.css"
		case strings.HasPrefix(name, "script/"):
			name = "behold.js"
		}
		whole[name] = append(whole[name], b...)
		return err
	})
	if err != nil {
		panic(err) // embedded files that cannot be read are a broken program
	}
	all := assets{}
	for name, b := range whole {
		sum := sha256.Sum256(b)
		all[name] = asset{b, hex.EncodeToString(sum[:6])}
	}
	return all
}

// link is the address of an asset, or "" when the program was built without it.
func (a assets) link(name string) string {
	file, ok := a[name]
	if !ok {
		return ""
	}
	return "/asset/" + name + "?v=" + file.mark
}

func (s *server) asset(w http.ResponseWriter, r *request) error {
	name := strings.TrimPrefix(r.URL.Path, "/asset/")
	file, ok := s.assets[name]
	if !ok {
		return nowhere(w, r)
	}
	w.Header().Set("ETag", `"`+file.mark+`"`)
	w.Header().Set("Cache-Control", "no-cache")
	if r.URL.Query().Get("v") == file.mark {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	http.ServeContent(w, r.Request, name, time.Time{}, bytes.NewReader(file.bytes))
	return nil
}
