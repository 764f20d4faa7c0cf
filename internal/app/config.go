package app

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"

	"behold"
)

// A Config is what the one who installs Behold decides: flags over BEHOLD_*
// over the file config.toml of the data folder. What the company decides is in
// behold.Settings, in the store.
type Config struct {
	Data    string `toml:"-"`       // the data folder
	Listen  string `toml:"listen"`  // address of the server
	Memory  string `toml:"memory"`  // what the warehouse may use, such as 4GB; "": most of the machine's
	Threads int    `toml:"threads"` // of the warehouse; 0: one a core
	Log     string `toml:"log"`     // debug, info, warn, error
	Hosts   string `toml:"hosts"`   // names by which colleagues reach the server, with commas between; links name the first
	Proxies string `toml:"proxies"` // addresses of proxies in front of it, whose word on where requests come from is taken
	Version string `toml:"-"`       // of the program; written beside every round

	from map[string]string // where each value came from
	set  map[string]bool   // by the environment: the file does not overrule it
}

// FromEnvironment is the configuration before flags and file.
func FromEnvironment(version string) Config {
	c := Config{Data: "behold-data", Listen: "127.0.0.1:8484", Log: "info", Version: version, from: map[string]string{}, set: map[string]bool{}}
	for _, k := range c.keys() {
		name := "BEHOLD_" + strings.ToUpper(k.name)
		c.from[k.name] = "default"
		if v, ok := os.LookupEnv(name); ok && v != "" {
			k.put(v)
			c.from[k.name], c.set[k.name] = name, true
		}
	}
	return c
}

type key struct {
	name string
	get  func() string
	put  func(string)
}

func (c *Config) keys() []key {
	text := func(name string, p *string) key {
		return key{name, func() string { return *p }, func(v string) { *p = v }}
	}
	return []key{
		text("data", &c.Data), text("listen", &c.Listen), text("memory", &c.Memory),
		{"threads", func() string { return strconv.Itoa(c.Threads) }, func(v string) { c.Threads, _ = strconv.Atoi(v) }},
		text("log", &c.Log), text("hosts", &c.Hosts), text("proxies", &c.Proxies),
	}
}

// A Value is one line of the configuration and where it came from.
type Value struct{ Key, Value, From string }

// Values lists the configuration. There are no secrets in it yet; those that
// come will be shown as "(hidden)".
func (c *Config) Values() []Value {
	var out []Value
	for _, k := range c.keys() {
		out = append(out, Value{k.name, k.get(), c.from[k.name]})
	}
	return out
}

// Override sets a value by a flag.
func (c *Config) Override(name, value string) {
	for _, k := range c.keys() {
		if k.name == name && value != "" {
			k.put(value)
			c.from[name], c.set[name] = "--"+name, true
		}
	}
}

// readFile takes what config.toml says and nobody nearer has said.
func (c *Config) readFile() error {
	path := filepath.Join(c.Data, "config.toml")
	var file Config
	meta, err := toml.DecodeFile(path, &file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return &behold.Error{Kind: behold.Invalid, Say: "config.toml cannot be read", Hint: "it is " + path + "; behold config prints every key", Err: err}
	}
	if odd := meta.Undecoded(); len(odd) > 0 {
		return &behold.Error{Kind: behold.Invalid, Say: fmt.Sprintf("config.toml has a key %q that nobody knows", odd[0]), Hint: "behold config prints every key"}
	}
	given := file.keys()
	for i, k := range c.keys() {
		if meta.IsDefined(k.name) && !c.set[k.name] {
			k.put(given[i].get())
			c.from[k.name] = "config.toml"
		}
	}
	return nil
}

// memoryBytes reads 4GB, 500 MB or a plain number of bytes; 0 means "you choose".
func (c *Config) memoryBytes() (int64, error) {
	s := strings.ToUpper(strings.ReplaceAll(c.Memory, " ", ""))
	if s == "" {
		return 0, nil
	}
	unit := int64(1)
	for _, u := range []struct {
		suffix string
		bytes  int64
	}{{"GIB", 1 << 30}, {"MIB", 1 << 20}, {"GB", 1e9}, {"MB", 1e6}, {"G", 1 << 30}, {"M", 1 << 20}} {
		if rest, ok := strings.CutSuffix(s, u.suffix); ok {
			s, unit = rest, u.bytes
			break
		}
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || n <= 0 {
		return 0, &behold.Error{Kind: behold.Invalid, Say: fmt.Sprintf("memory %q is not an amount", c.Memory), Hint: "write it as 4GB"}
	}
	return int64(n * float64(unit)), nil
}
