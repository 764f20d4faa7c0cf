package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// usage: shot BASE TOKEN LANG path:name ...
func main() {
	base, token, lang := os.Args[1], os.Args[2], os.Args[3]
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox)
	ctx, c := chromedp.NewExecAllocator(context.Background(), opts...)
	defer c()
	ctx, c = chromedp.NewContext(ctx)
	defer c()
	ctx, c = context.WithTimeout(ctx, 120*time.Second)
	defer c()
	for _, arg := range os.Args[4:] {
		path, name, _ := strings.Cut(arg, "=>")
		for _, v := range []struct {
			w      int64
			scheme string
			tag    string
		}{{1280, "light", "wide"}, {400, "dark", "phone"}} {
			var b []byte
			err := chromedp.Run(ctx,
				network.Enable(),
				chromedp.ActionFunc(func(ctx context.Context) error {
					if token != "-" {
						if err := network.SetCookie("behold_pass", token).WithURL(base).Do(ctx); err != nil {
							return err
						}
					}
					return network.SetCookie("behold_lang", lang).WithURL(base).Do(ctx)
				}),
				emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: v.scheme}}),
				chromedp.EmulateViewport(v.w, 900),
				chromedp.Navigate(base+path),
				chromedp.Sleep(300*time.Millisecond),
				chromedp.FullScreenshot(&b, 100),
			)
			if err != nil {
				fmt.Println(path, err)
				continue
			}
			os.WriteFile("/tmp/w/access/"+name+"-"+v.tag+".png", b, 0o644)
		}
	}
}
