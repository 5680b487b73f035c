// What a compiled loop does instead of watchdog, once a second: loop SOCKET
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"
)

type container struct {
	Id    string
	Names []string
	State string
}

func pass(client *http.Client) error {
	answer, err := client.Get("http://docker/containers/json?all=true")
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	var containers []container
	if err := json.NewDecoder(answer.Body).Decode(&containers); err != nil {
		return err
	}
	for _, c := range containers {
		if c.State == "exited" {
			started, err := client.Post("http://docker/containers/"+c.Id+"/start", "", nil)
			if err != nil {
				return err
			}
			started.Body.Close()
		}
	}
	return nil
}

func main() {
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", os.Args[1])
	}
	client := &http.Client{Transport: &http.Transport{DialContext: dial}}
	for {
		if err := pass(client); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
		time.Sleep(time.Second)
	}
}
