package app

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"behold"
	"behold/internal/web"
)

// Values lists the configuration and then the company's settings.
func (a *App) Values(ctx context.Context) ([]Value, error) {
	out := a.config.Values()
	settings, err := a.settingTexts(ctx)
	if err != nil {
		return nil, err
	}
	for _, k := range settings.names {
		out = append(out, Value{k, strings.Trim(string(settings.raw[k]), `"`), "settings"})
	}
	return out, nil
}

// Set changes one of the company's settings.
func (a *App) Set(ctx context.Context, name, value string) error {
	settings, err := a.settingTexts(ctx)
	if err != nil {
		return err
	}
	old, ok := settings.raw[name]
	if !ok {
		return &behold.Error{Kind: behold.Invalid, Say: fmt.Sprintf("there is no setting %q", name), Hint: "the settings are " + strings.Join(settings.names, ", ")}
	}
	if old[0] == '"' {
		value = strconv.Quote(value)
	}
	settings.raw[name] = json.RawMessage(value)
	var s behold.Settings
	whole, err := json.Marshal(settings.raw)
	if err == nil {
		err = json.Unmarshal(whole, &s)
	}
	if err != nil {
		return &behold.Error{Kind: behold.Invalid, Say: fmt.Sprintf("%s cannot be %s", name, value), Hint: "it is now " + string(old)}
	}
	if err := s.Check(); err != nil {
		return err
	}
	if err := a.State.SaveSettings(ctx, s, ""); err != nil {
		return err
	}
	a.live.Publish(web.News{Kind: web.SettingsSaved})
	return nil
}

type settingTexts struct {
	names []string
	raw   map[string]json.RawMessage
}

func (a *App) settingTexts(ctx context.Context) (t settingTexts, err error) {
	s, err := a.State.Settings(ctx)
	if err != nil {
		return t, err
	}
	b, err := json.Marshal(s)
	if err == nil {
		err = json.Unmarshal(b, &t.raw)
	}
	for k := range t.raw {
		t.names = append(t.names, k)
	}
	slices.Sort(t.names)
	return t, err
}
