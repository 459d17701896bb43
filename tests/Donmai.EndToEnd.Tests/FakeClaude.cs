namespace Donmai.EndToEnd.Tests;

/// <summary>
/// A <c>claude</c> on the <c>PATH</c> that speaks the real protocol: reads its prompt, prints stream-json, edits two files of the tree it
/// is started in. It stops in the middle until <see cref="Continue"/> is called when <see cref="PauseInTheMiddle"/> was.
/// </summary>
internal sealed class FakeClaude
{
    private const string Play = """
        here=$(dirname "$0")
        say() { printf '%s\n' "$1"; }
        case "$1" in
          --version) echo '2.1.0 (Claude Code)'; exit 0 ;;
          --help) echo '  --output-format <format>  --append-system-prompt-file <file>'; exit 0 ;;
        esac
        for word in "$@"; do printf '%s\n' "$word"; done > "$here/claude.argv"
        env | sort > "$here/claude.env"
        cat > "$here/claude.stdin"
        [ -f "$here/claude.child" ] && . "$here/claude.child"
        id=c1a0de00-0000-4000-8000-000000000001
        say '{"type":"system","subtype":"init","session_id":"'$id'","cwd":"'"$PWD"'","model":"claude-sonnet-4-5","tools":["Edit"]}'
        say '{"type":"assistant","message":{"id":"msg_1","content":[{"type":"text","text":"I will edit two files."}],"usage":{"input_tokens":9,"output_tokens":31}}}'
        say '{"type":"assistant","message":{"id":"msg_2","content":[{"type":"tool_use","id":"toolu_1","name":"Edit","input":{"file_path":"src/part-01/file-001.txt"}}],"usage":{"input_tokens":9,"output_tokens":12}}}'
        echo 'edited by the agent' >> src/part-01/file-001.txt
        say '{"type":"user","message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"ok"}]}}'
        if [ -f "$here/claude.pause" ]; then : > "$here/claude.paused"; while [ -f "$here/claude.pause" ]; do sleep 0.05; done; fi
        say '{"type":"assistant","message":{"id":"msg_3","content":[{"type":"tool_use","id":"toolu_2","name":"Edit","input":{"file_path":"src/part-02/file-002.txt"}}],"usage":{"input_tokens":9,"output_tokens":12}}}'
        echo 'edited by the agent' >> src/part-02/file-002.txt
        git add --all && git commit --quiet --message 'Edit two files'
        say '{"type":"user","message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_2","content":"ok"}]}}'
        say '{"type":"assistant","message":{"id":"msg_4","content":[{"type":"text","text":"Both files are edited.\n\nWORK_RESULT:passed"}],"usage":{"input_tokens":9,"output_tokens":18}}}'
        say '{"type":"result","subtype":"success","is_error":false,"duration_ms":4812,"num_turns":3,"result":"Both files are edited.","session_id":"'$id'","total_cost_usd":0.2143,"usage":{"input_tokens":61,"output_tokens":250,"cache_read_input_tokens":9060}}'
        """;

    private readonly string _bin;

    public FakeClaude(Installation installation)
    {
        _bin = installation.Bin;
        installation.Script("claude", Play);
    }

    public string Arguments => File.ReadAllText(Path.Combine(_bin, "claude.argv"));

    public string Prompt => File.ReadAllText(Path.Combine(_bin, "claude.stdin"));

    public bool IsPaused => File.Exists(Path.Combine(_bin, "claude.paused"));

    public void PauseInTheMiddle() => File.WriteAllText(Path.Combine(_bin, "claude.pause"), "");

    public void Continue() => File.Delete(Path.Combine(_bin, "claude.pause"));

    /// <summary>Shell text the agent runs at its start, e.g. to leave helpers behind.</summary>
    public void AlsoRun(string shell) => File.WriteAllText(Path.Combine(_bin, "claude.child"), shell + "\n");

    /// <summary>The number in a file, once it is written.</summary>
    public int? Number(string file) =>
        File.Exists(PathOf(file)) && File.ReadAllText(PathOf(file)) is [.., '\n'] text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null;

    public string PathOf(string file) => Path.Combine(_bin, file);
}
