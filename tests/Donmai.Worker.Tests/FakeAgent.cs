namespace Donmai.Worker.Tests;

/// <summary>A command line agent, <c>claude</c> unless named otherwise, that plays a script of output lines and records what it was given (worker.md §10.1). It answers questions about itself without recording them.</summary>
internal sealed class FakeAgent
{
    private const string Program = """
        #!/bin/sh
        # Plays a script of output lines and records arguments, environment, directory, stdin.
        d=$(dirname "$0")
        case "$*" in --help|'run --help') cat "$d/help" 2>/dev/null; exit 0 ;; --version) echo "1.0 (fake)"; exit 0 ;; esac
        n=$(ls "$d" | grep -c '^argv\.')
        for a in "$@"; do printf '%s\n' "$a"; done > "$d/argv.$n"
        env | sort > "$d/env.$n"; pwd > "$d/cwd.$n"; echo $$ > "$d/pid.$n"
        IGNORE_TERM= CHILD= STDERR= EXIT=0 READ_STDIN=1
        [ -f "$d/options" ] && . "$d/options"
        [ -n "$IGNORE_TERM" ] && trap '' TERM INT
        [ -n "$CHILD" ] && { sleep "$CHILD" & echo $! > "$d/child.$n"; }
        [ -n "$READ_STDIN" ] && cat > "$d/stdin.$n"
        [ -n "$STDERR" ] && printf '%s\n' "$STDERR" >&2
        f=$d/play.$n; [ -f "$f" ] || f=$d/play
        while IFS= read -r line || [ -n "$line" ]; do
          case $line in
            '#sleep '*)   sleep "${line#* }" ;;
            '#hang')      : > "$d/hanging.$n"; while :; do sleep 1; done ;;
            '#big '*)     printf '{"type":"assistant","message":{"content":[{"type":"text","text":"'
                          head -c "${line#* }" /dev/zero | tr '\0' x
                          printf '"}]}}\n' ;;
            '#long '*)    head -c "${line#* }" /dev/zero | tr '\0' x; echo ;;
            '#binary '*)  head -c "${line#* }" /dev/urandom ;;
            '#away')      (trap '' HUP; echo $$ > "$d/away.$n"; sleep 300) & exit 0 ;;
            '#partial '*) printf '%s' "${line#* }" ;;
            '#commit '*)  echo "$line" > work.txt; git add work.txt; git commit -qm "${line#* }" ;;
            '#write '*)   echo x > "${line#* }" ;;
            '#sh '*)      sh -c "${line#* }" >&2 ;;
            '#escape')    setsid sh -c 'trap "" TERM; echo $$ > "'"$d"'/escaped.'"$n"'"; exec sleep 300' >/dev/null 2>&1 & ;;
            *)            printf '%s\n' "$line" ;;
          esac
        done < "$f"
        exit "$EXIT"
        """;

    private readonly TemporaryDirectory _place;

    public FakeAgent(TemporaryDirectory place, string name = "claude")
    {
        _place = place;
        _place.Script($"bin/{name}", Program + "\n");
        Play("");
    }

    public string Directory => _place.At("bin");

    public int Runs => System.IO.Directory.GetFiles(Directory, "argv.*").Length;

    public FakeAgent Play(params string[] lines) => Set("play", lines);

    public FakeAgent Play(int run, params string[] lines) => Set($"play.{run}", lines);

    public FakeAgent Options(string shell) => Set("options", shell);

    public FakeAgent Help(string text) => Set("help", text);

    public string[] Arguments(int run = 0) => File.ReadAllLines(Path.Combine(Directory, $"argv.{run}"));

    public string Input(int run = 0) => File.ReadAllText(Path.Combine(Directory, $"stdin.{run}"));

    public string WorkingDirectory(int run = 0) => File.ReadAllText(Path.Combine(Directory, $"cwd.{run}")).Trim();

    public Dictionary<string, string> Environment(int run = 0) => File.ReadAllLines(Path.Combine(Directory, $"env.{run}"))
        .Select(static line => line.Split('=', 2)).Where(static pair => pair.Length == 2)
        .ToDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal);

    public int Number(string file) => int.Parse(File.ReadAllText(Path.Combine(Directory, file)).Trim(), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whether a number is written to a file, to its end.</summary>
    public bool HasNumber(string file) => Has(file) && File.ReadAllText(Path.Combine(Directory, file)).EndsWith('\n');

    public bool Has(string file) => File.Exists(Path.Combine(Directory, file));

    private FakeAgent Set(string name, params string[] lines)
    {
        _place.Write($"bin/{name}", string.Concat(lines.Where(static line => line.Length > 0).Select(static line => line + "\n")));
        return this;
    }
}
