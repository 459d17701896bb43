namespace Donmai.EndToEnd.Tests.Platform;

/// <summary>
/// A <c>claude</c> and a <c>codex</c> that do the same work: some numbered steps, a commit, a push, a marker. Each session's agent can be held after its
/// second step, and its own process ids are written down.
/// </summary>
internal sealed class FakeAgents
{
    public const int Steps = 4;

    private const string Claude = """
        here=$(dirname "$0")
        case "$1" in
          --version) echo '2.1.0 (Claude Code)'; exit 0 ;;
          --help) echo '  --output-format <format>  --append-system-prompt-file <file>'; exit 0 ;;
        esac
        say() { printf '%s\n' "$1"; }
        me=$DONMAI_SESSION_ID
        cat > /dev/null
        say '{"type":"system","subtype":"init","session_id":"c-'$me'","cwd":"'"$PWD"'","model":"claude-sonnet-4-5","tools":["Bash"]}'
        n=0
        while [ $n -lt 4 ]; do
          n=$((n + 1))
          say '{"type":"assistant","message":{"id":"msg_'$n'","content":[{"type":"text","text":"step '$n' of '$me'"}],"usage":{"input_tokens":9,"output_tokens":3}}}'
          say '{"type":"assistant","message":{"id":"mst_'$n'","content":[{"type":"tool_use","id":"toolu_'$n'","name":"Bash","input":{"command":"echo '$n'"}}],"usage":{"input_tokens":9,"output_tokens":3}}}'
          say '{"type":"user","message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_'$n'","content":"'$n'"}]}}'
          if [ $n = 2 ]; then : > "$here/at.$me"; while [ -f "$here/hold.$me" ]; do sleep 0.05; done; fi
        done
        echo "$me" > "work-$me.txt"; git add --all; git commit --quiet --message "Work of $me"; git push --quiet origin HEAD
        say '{"type":"assistant","message":{"id":"msg_9","content":[{"type":"text","text":"All done.\n\nWORK_RESULT:passed"}],"usage":{"input_tokens":9,"output_tokens":18}}}'
        say '{"type":"result","subtype":"success","is_error":false,"duration_ms":48,"num_turns":1,"result":"The work of '$me' is done.","session_id":"c-'$me'","total_cost_usd":0.25,"usage":{"input_tokens":61,"output_tokens":25}}'
        """;

    private const string Codex = """
        here=$(dirname "$0")
        case "$1" in --version) echo 'codex-cli 0.120.0'; exit 0 ;; esac
        say() { printf '%s\n' "$1"; }
        ok() { printf '{"id":%s,"result":%s}\n' "$id" "$1"; }
        work() {
          here_too='"threadId":"thr_7","turnId":"turn_1"'
          n=0
          while [ $n -lt 4 ]; do
            n=$((n + 1))
            say '{"method":"item/completed","params":{'$here_too',"item":{"id":"m'$n'","type":"agentMessage","text":"step '$n' of '$me'"}}}'
            say '{"method":"item/started","params":{'$here_too',"item":{"id":"i'$n'","type":"commandExecution","command":"echo '$n'","status":"inProgress"}}}'
            say '{"method":"item/completed","params":{'$here_too',"item":{"id":"i'$n'","type":"commandExecution","command":"echo '$n'","status":"completed","exitCode":0,"aggregatedOutput":"'$n'"}}}'
            if [ $n = 2 ]; then : > "$here/at.$me"; while [ -f "$here/hold.$me" ]; do sleep 0.05; done; fi
          done
          (cd "$tree" && echo "$me" > "work-$me.txt" && git add --all && git commit --quiet --message "Work of $me" && git push --quiet origin HEAD)
          say '{"method":"item/completed","params":{'$here_too',"item":{"id":"m9","type":"agentMessage","text":"All done.\n\nWORK_RESULT:passed"}}}'
          say '{"method":"turn/completed","params":{"threadId":"thr_7","turn":{"id":"turn_1","status":"completed"}}}'
        }
        while IFS= read -r line; do
          id=${line#*\"id\":}; id=${id%%[!0-9]*}
          case $line in
            *'"method":"initialize"'*) ok '{"userAgent":"fake"}' ;;
            *'"method":"initialized"'*) ;;
            *'"method":"thread/start"'*) ok '{"thread":{"id":"thr_7"}}' ;;
            *'"method":"turn/start"'*)
              tree=$(printf '%s' "$line" | sed 's/.*"cwd":"\([^"]*\)".*/\1/'); me=$(basename "$tree")
              ok '{"turn":{"id":"turn_1","status":"inProgress"}}'; work ;;
            *'"method"'*) [ -n "$id" ] && say '{"id":'$id',"error":{"code":-32601,"message":"unknown method"}}' ;;
          esac
        done
        """;

    private readonly string _bin;

    public FakeAgents(Installation installation)
    {
        _bin = installation.Bin;
        installation.Script("claude", Claude);
        installation.Script("codex", Codex);
    }

    /// <summary>What the platform has to hear of a session that goes well: type and text of each activity, in order.</summary>
    public static IEnumerable<string> Activities(string sessionId, bool isCodex = false) =>
        Enumerable.Range(1, Steps)
            .SelectMany(n => new[]
            {
                $"thought: step {n} of {sessionId}",
                isCodex ? "action: shell" : $"action: Bash: echo {n}",
                isCodex ? "action: shell result" : "action: Bash result",
            })
            .Concat(["thought: All done.\n\nWORK_RESULT:passed", isCodex ? "response: Session completed" : $"response: The work of {sessionId} is done."]);

    /// <summary>Lets a session's agent wait after its second step.</summary>
    public void Hold(string sessionId) => File.WriteAllText(Path.Combine(_bin, "hold." + sessionId), "");

    public void Release(string sessionId) => File.Delete(Path.Combine(_bin, "hold." + sessionId));

    /// <summary>Whether a session's agent has done its second step.</summary>
    public bool IsHalfWay(string sessionId) => File.Exists(Path.Combine(_bin, "at." + sessionId));
}
