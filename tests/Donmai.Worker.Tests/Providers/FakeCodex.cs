namespace Donmai.Worker.Tests.Providers;

/// <summary>A <c>codex app-server</c> that plays scripted turns and records what it was told (worker.md §10.2).</summary>
internal sealed class FakeCodex
{
    private const string Program = """
        #!/bin/sh
        # Answers JSON-RPC on stdin; the client must write "id" before "params".
        d=$(dirname "$0")
        case "$1" in --version) echo "codex-cli 0.120.0"; exit 0 ;; esac
        for a in "$@"; do printf '%s\n' "$a"; done > "$d/codex.argv"; env | sort > "$d/codex.env"; pwd > "$d/codex.cwd"; : > "$d/codex.rpc"
        CRASH= IGNORE_TERM= CHILD= REFUSE_ONCE= NO_STEER= UNKNOWN_THREAD= SILENT_INTERRUPT=
        [ -f "$d/options" ] && . "$d/options"
        [ -n "$IGNORE_TERM" ] && trap '' TERM
        [ -n "$CHILD" ] && { sleep "$CHILD" & echo $! > "$d/codex.child"; }
        echo $$ > "$d/codex.pid"
        turn=0
        ok() { printf '{"id":%s,"result":%s}\n' "$id" "$1"; }
        no() { printf '{"id":%s,"error":{"code":%s,"message":"%s"}}\n' "$id" "$1" "$2"; }
        crash() { echo "panicked at the disco" >&2; exit 3; }
        while IFS= read -r line; do
          printf '%s\n' "$line" >> "$d/codex.rpc"
          id=${line#*\"id\":}; id=${id%%[!0-9]*}
          case $line in
            *'"method":"initialize"'*)     [ "$CRASH" = initialize ] && crash; ok '{"userAgent":"codex/0.120"}' ;;
            *'"method":"initialized"'*)    ;;
            *'"method":"thread/start"'*)   if [ -n "$REFUSE_ONCE" ]; then no "$REFUSE_ONCE" "unknown variant"; REFUSE_ONCE=; continue; fi
                                           ok '{"thread":{"id":"thr_7"}}'
                                           echo '{"method":"thread/started","params":{"thread":{"id":"thr_7"}}}' ;;
            *'"method":"thread/resume"'*)  if [ -n "$UNKNOWN_THREAD" ]; then no -32600 "no rollout found for thread id thr_0"; else ok '{"thread":{"id":"thr_0"}}'; fi ;;
            *'"method":"turn/start"'*)     turn=$((turn + 1)); ok '{"turn":{"id":"turn_'$turn'","status":"inProgress","items":[]}}'
                                           if [ -f "$d/codex.turn.$turn" ]; then cat "$d/codex.turn.$turn"; else cat "$d/codex.turn"; fi
                                           : > "$d/turn.$turn"
                                           [ "$CRASH" = turn ] && crash ;;
            *'"method":"turn/steer"'*)     if [ -n "$NO_STEER" ]; then no -32600 "no active turn"; else ok '{"turnId":"turn_1"}'; cat "$d/codex.steered"; fi ;;
            *'"method":"turn/interrupt"'*) [ -n "$SILENT_INTERRUPT" ] && continue
                ok '{}'
                echo '{"method":"turn/completed","params":{"threadId":"thr_7","turn":{"id":"turn_'$turn'","status":"interrupted"}}}' ;;
            *'"method"'*)                  [ -n "$id" ] && no -32601 "unknown method" ;;
            *)                             [ -f "$d/codex.after" ] && cat "$d/codex.after" ;;
          esac
        done
        """;

    private readonly TemporaryDirectory _place;

    public FakeCodex(TemporaryDirectory place)
    {
        _place = place;
        _place.Script("bin/codex", Program + "\n");
        Plays();
    }

    public string Directory => _place.At("bin");

    public string[] Arguments => File.ReadAllLines(At("codex.argv"));

    public string WorkingDirectory => File.ReadAllText(At("codex.cwd")).Trim();

    public string[] Told => File.ReadAllLines(At("codex.rpc"));

    public Dictionary<string, string> Environment => File.ReadAllLines(At("codex.env"))
        .Select(static line => line.Split('=', 2)).Where(static pair => pair.Length == 2)
        .ToDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal);

    public FakeCodex Plays(params IEnumerable<string> lines) => Set("codex.turn", lines);

    public FakeCodex Plays(int turn, params IEnumerable<string> lines) => Set($"codex.turn.{turn}", lines);

    public FakeCodex AfterAnswers(params IEnumerable<string> lines) => Set("codex.after", lines);

    public FakeCodex WhenSteered(params IEnumerable<string> lines) => Set("codex.steered", lines);

    public FakeCodex Options(string shell) => Set("options", [shell]);

    public string At(string file) => Path.Combine(Directory, file);

    public int Number(string file) => int.Parse(File.ReadAllText(At(file)).Trim(), System.Globalization.CultureInfo.InvariantCulture);

    public string ToldOf(string method) => Told.Single(line => line.Contains($"\"method\":\"{method}\"", StringComparison.Ordinal));

    private FakeCodex Set(string name, IEnumerable<string> lines)
    {
        _place.Write($"bin/{name}", string.Concat(lines.Select(static line => line + "\n")));
        return this;
    }
}
