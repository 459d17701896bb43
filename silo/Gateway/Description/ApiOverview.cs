namespace Donmai.Silo.Gateway.Description;

/// <summary>What holds for all routes, for people (control-api.md §1).</summary>
internal static class ApiOverview
{
    /// <summary>Markdown.</summary>
    public const string Text = """
        HTTP/1.1 with JSON on `127.0.0.1:7734`, and on the Unix domain socket `daemon.sock` in the state directory.

        ```sh
        curl http://127.0.0.1:7734/api/daemon/status
        curl --json '{"sessionId":"ses-1","repository":"shop","promptContext":"Fix the rounding."}' http://127.0.0.1:7734/api/daemon/sessions
        curl -N http://127.0.0.1:7734/api/daemon/sessions/ses-1/events
        curl -X POST http://127.0.0.1:7734/api/daemon/pause
        ```

        ## Who may call

        On loopback the daemon answers to its own user and to root; on Linux the owner of every connection is looked up, and another user gets 403
        `{"error":"forbidden user"}`. Where that cannot be known, and on any other address (`--allow-remote`), the control token of the state directory
        is required as `Authorization: Bearer …` (401). A foreign `Host` or `Origin` gets 403 whoever asks, and so does what a foreign page embeds
        (`Sec-Fetch-Site`), so no web page can reach it; there are no CORS headers. `/healthz` is open to every user of the machine.

        ## Requests

        A path counts percent-decoded (`%2F` is `/`; within the id of `routing/explain` it is part of the id) and case-sensitive. A path with `.` or `..` segments or doubled slashes is 404, never a redirect; so is a
        slash at the end, except that `/api/daemon/workareas/` is the list.

        The `Content-Type` does not matter. Of a body the first JSON value is read; unknown keys are ignored, letter case of keys does not matter, the last of two
        equal keys counts, and `null` in place of a text, an object or the whole body is as good as nothing. A value of the wrong type, text that is not UTF-8,
        and nesting deeper than 64 are malformed. A body may have 1 MiB; bodies of routes that take none are ignored, as are queries that a route does not
        know.

        The headers must arrive within 5 s, the whole request within 15 s, and an answer is cut 30 s after the headers; of the stream of events only a piece
        that its reader does not take for 30 s is. An idle connection is closed after 15 s.

        ## Answers

        One JSON value in UTF-8 with a newline at its end, `application/json`. Moments are RFC 3339 in UTC. "Always" keys are there even when they are empty;
        others are left out then.

        Until the daemon runs, reading routes answer as far as anything is known or wait for it, `POST /api/daemon/sessions` is 400 and the actions, except
        stop, are 409.
        """;
}
