package app

import (
	"crypto/x509"
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
	URL     string `toml:"url"`     // under which colleagues open the pages, such as https://behold.firm.example; for the links in letters

	MailHost     string `toml:"mail_host"` // the mail server that takes our letters; "": none are sent
	MailPort     int    `toml:"mail_port"` // 0: 587, or what mail_tls says
	MailTLS      string `toml:"mail_tls"`  // starttls (also for ""), implicit, or none on this machine
	MailUser     string `toml:"mail_user"`
	MailPassword string `toml:"mail_password"`
	MailFrom     string `toml:"mail_from"`     // such as Behold <behold@firm.example>
	MailReplyTo  string `toml:"mail_reply_to"` // "": answers go to mail_from

	Version string `toml:"-"` // of the program; written beside every round

	from map[string]string // where each value came from
	set  map[string]bool   // by the environment: the file does not overrule it

	mailRoots *x509.CertPool // whose certificates the mail server may have; nil: those of the machine
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
	name   string
	get    func() string
	put    func(string)
	secret bool
}

func (c *Config) keys() []key {
	text := func(name string, p *string) key {
		return key{name: name, get: func() string { return *p }, put: func(v string) { *p = v }}
	}
	number := func(name string, p *int) key {
		return key{name: name, get: func() string { return strconv.Itoa(*p) }, put: func(v string) { *p, _ = strconv.Atoi(v) }}
	}
	password := text("mail_password", &c.MailPassword)
	password.secret = true
	return []key{
		text("data", &c.Data), text("listen", &c.Listen), text("memory", &c.Memory),
		number("threads", &c.Threads), text("log", &c.Log), text("url", &c.URL), text("hosts", &c.Hosts), text("proxies", &c.Proxies),
		text("mail_host", &c.MailHost), number("mail_port", &c.MailPort), text("mail_tls", &c.MailTLS), text("mail_user", &c.MailUser), password,
		text("mail_from", &c.MailFrom), text("mail_reply_to", &c.MailReplyTo),
	}
}

// A Value is one line of the configuration and where it came from.
type Value struct{ Key, Value, From string }

// Values lists the configuration. A secret is "(hidden)".
func (c *Config) Values() []Value {
	var out []Value
	for _, k := range c.keys() {
		v := Value{k.name, k.get(), c.from[k.name]}
		if k.secret && v.Value != "" {
			v.Value = "(hidden)"
		}
		out = append(out, v)
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
