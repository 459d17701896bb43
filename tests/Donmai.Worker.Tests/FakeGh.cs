namespace Donmai.Worker.Tests;

/// <summary>A <c>gh</c> that records what it is asked and answers from files (worker.md §10.3).</summary>
internal sealed class FakeGh
{
    private const string Program = """
        #!/bin/sh
        d=$(dirname "$0"); for a in "$@"; do printf '%s\n' "$a"; done >> "$d/gh.argv"; pwd > "$d/gh.cwd"
        case "$1 $2" in
          "pr list")     cat "$d/gh.list" 2>/dev/null || echo '[]' ;;
          "pr view")     [ -f "$d/gh.slow" ] && sleep "$(cat "$d/gh.slow")"; cat "$d/gh.view" ;;
          "pr create")   [ -f "$d/gh.fail" ] && { cat "$d/gh.fail" >&2; exit 1; }
                         cat > "$d/gh.body" 2>/dev/null; echo 'https://github.com/acme/billing/pull/912' ;;
          "auth status") exit 0 ;;
        esac
        """;

    private readonly TemporaryDirectory _place;

    public FakeGh(TemporaryDirectory place)
    {
        _place = place;
        place.Script("bin/gh", Program + "\n");
    }

    public string[] Arguments => Read("gh.argv").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string Body => Read("gh.body");

    public FakeGh Lists(string json) => Set("gh.list", json);

    public FakeGh Views(string json) => Set("gh.view", json);

    /// <summary>It takes so many seconds to look at a pull request.</summary>
    public FakeGh IsSlow(int seconds) => Set("gh.slow", $"{seconds}");

    public FakeGh Fails(string text) => Set("gh.fail", text);

    private FakeGh Set(string name, string content)
    {
        _place.Write($"bin/{name}", content);
        return this;
    }

    private string Read(string name) => File.Exists(_place.At("bin", name)) ? File.ReadAllText(_place.At("bin", name)) : "";
}
