package warehouse

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"text/template"
)

// dsn says to DuckDB where the file is and how it must behave: it never fetches
// extensions from the network, keeps to its memory, and spills beside its file.
func dsn(path string, opt Options) string {
	set := url.Values{}
	set.Set("autoinstall_known_extensions", "false")
	set.Set("autoload_known_extensions", "false")
	set.Set("storage_compatibility_version", "latest") // packs words in a third less time and space
	set.Set("memory_limit", strconv.FormatInt(memoryLimit(opt.MemoryBytes)>>20, 10)+"MiB")
	if path != "" {
		set.Set("temp_directory", filepath.Join(filepath.Dir(path), "warehouse.tmp"))
	}
	threads := opt.Threads
	if threads <= 0 {
		threads = runtime.GOMAXPROCS(0)
	}
	set.Set("threads", strconv.Itoa(threads))
	return path + "?" + set.Encode()
}

// memoryLimit is what was asked for, else 60 % of the machine up to 16 GB: the
// engine's own default leaves too little for the fold and the pages.
func memoryLimit(asked int64) int64 {
	if asked > 0 {
		return asked
	}
	const most = 16 << 30
	return min(most, machineMemory()*6/10)
}

// machineMemory is the memory of the machine in bytes, or 4 GB where the system
// does not tell.
func machineMemory() int64 {
	const guess = 4 << 30
	info, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return guess
	}
	for line := range strings.Lines(string(info)) {
		var kib int64
		if n, _ := fmt.Sscanf(line, "MemTotal: %d kB", &kib); n == 1 {
			return kib << 10
		}
	}
	return guess
}

// dialect are the words of the templates below sql that each engine says in its
// own way. An expression that is null becomes NoDay, NoMoment and the Mark 0.
func dialect() template.FuncMap {
	return template.FuncMap{
		"day": func(x string) string {
			return "cast(coalesce(cast(" + x + " as date) - date '1970-01-01', -2147483648) as integer)"
		},
		"minute": func(x string) string {
			return "cast(least(greatest(coalesce(date_diff('minute', timestamp '1970-01-01', " + x + "), -2147483648), -2147483648), 2147483647) as integer)"
		},
		"mark": func(x string) string {
			return "case when " + x + " is null then 0 else cast(hash(" + x + ") >> 1 as bigint) end"
		},
		// by is x when it lies on day $1 or before, else null.
		"by": func(x string) string {
			return "case when cast(" + x + " as date) <= cast($1 as date) then " + x + " end"
		},
		// known tells whether a row that began at x was known at the end of day $1.
		"known": func(x string) string {
			return "coalesce(cast(" + x + " as date) <= cast($1 as date), true)" +
				" and (recorded_at is null or cast(recorded_at as date) <= cast($1 as date))" +
				" and (superseded_by is null or superseded_on > cast($1 as date))"
		},
	}
}
