using System.Diagnostics;
using System.Text;
using Donmai.Cli.Workareas.Diff;
using Donmai.Client.Tests;
using Donmai.Workareas;

namespace Donmai.Cli.Tests.Workareas;

public sealed class The_workarea_diff_verb
{
    private static readonly WorkareaDifference[] Some =
    [
        new() { Path = "cmd/api/main.go", Status = "modified", SizeA = 812, SizeB = 9550, ModeA = "-rw-r--r--", ModeB = "-rw-r--r--", HashA = "0a", HashB = "0b" },
        new() { Path = "docs", Status = "removed", ModeA = "drwxr-xr-x" },
        new() { Path = "empty", Status = "added", ModeB = "-rw-r--r--", HashB = "0c" },
        new() { Path = "link", Status = "modified", SizeA = 10, SizeB = 11, ModeA = "Lrwxrwxrwx", ModeB = "Lrwxrwxrwx", LinkA = "/etc/hosts", LinkB = "/etc/pass\nwd" },
        new() { Path = "new\nline", Status = "added", SizeB = 7, ModeB = "Lrwxrwxrwx", LinkB = "a\u001b[31m" },
        new() { Path = "tools/lint.sh", Status = "modified", SizeA = 77, SizeB = 77, ModeA = "-rw-r--r--", ModeB = "-rwxr-xr-x", HashA = "0d", HashB = "0d" },
        new() { Path = "tools/thing", Status = "modified", SizeA = 5, ModeA = "-rw-r--r--", ModeB = "drwxr-xr-x", HashA = "0e" },
    ];

    [Fact]
    public async Task A_line_for_each_path_says_what_became_of_it()
    {
        await using var archives = await ArchivesOnDisk.Make(Some);

        (await archives.Diff()).Output.ShouldBe(
            """
            M  cmd/api/main.go  812 B → 9.6 kB
            D  docs/
            A  empty  0 B
            M  link  /etc/hosts → "/etc/pass\nwd"
            A  "new\nline"  -> "a\033[31m"
            M  tools/lint.sh  -rw-r--r-- → -rwxr-xr-x
            M  tools/thing/  -rw-r--r-- → drwxr-xr-x

            wa-1 → wa-2: 2 added, 1 removed, 4 modified

            """);
    }

    [Fact]
    public async Task No_difference_is_said_as_well()
    {
        await using var archives = await ArchivesOnDisk.Make();

        (await archives.Diff()).Output.ShouldBe("wa-1 → wa-2: no differences\n");
        (await archives.Diff("--tree")).Output.ShouldBe("wa-1 → wa-2: no differences\n");
        (await archives.Diff("--stat")).Output.ShouldBe(" no file changed\n");
        (await archives.Diff("--patch")).Output.ShouldBe("");
    }

    [Fact]
    public async Task A_tree_shows_where_the_paths_are()
    {
        await using var archives = await ArchivesOnDisk.Make(Some);

        (await archives.Diff("--tree")).Output.ShouldBe(
            """
            wa-1 → wa-2: 2 added, 1 removed, 4 modified
            ├── cmd/
            │   └── api/
            │       └── M  main.go  812 B → 9.6 kB
            ├── D  docs/
            ├── A  empty  0 B
            ├── M  link  /etc/hosts → "/etc/pass\nwd"
            ├── A  "new\nline"  -> "a\033[31m"
            └── tools/
                ├── M  lint.sh  -rw-r--r-- → -rwxr-xr-x
                └── M  thing/  -rw-r--r-- → drwxr-xr-x

            """);
    }

    [Fact]
    public async Task What_git_keeps_for_itself_is_counted_and_shown_only_when_asked_for()
    {
        await using var archives = await ArchivesOnDisk.Make(
            new WorkareaDifference { Path = ".git", Status = "modified", ModeA = "drwxr-xr-x", ModeB = "drwx------" },
            new WorkareaDifference { Path = ".git/index", Status = "added", ModeB = "-rw-r--r--", SizeB = 7, HashB = "0c" },
            new WorkareaDifference { Path = ".git/logs", Status = "removed", ModeA = "drwxr-xr-x" });
        archives.File(".gitignore", "a\n", "b\n");
        archives.File("sub/.git", "a\n", "b\n");
        const string Note = "3 more below .git/; --all shows them\n";

        (await archives.Diff()).Output.ShouldBe("M  .gitignore  2 B\nM  sub/.git  2 B\n\nwa-1 → wa-2: 0 added, 0 removed, 2 modified\n" + Note);
        (await archives.Diff("--tree")).Output.ShouldBe(
            "wa-1 → wa-2: 0 added, 0 removed, 2 modified\n" + Note + "├── M  .gitignore  2 B\n└── sub/\n    └── M  .git  2 B\n");
        (await archives.Diff("--stat")).Output.ShouldBe(
            " .gitignore | 2 +-\n sub/.git   | 2 +-\n 2 files changed, 2 insertions(+), 2 deletions(-)\n " + Note);
        var patch = await archives.Diff("--patch");
        patch.Output.ShouldStartWith("diff --git a/.gitignore b/.gitignore\n");
        patch.Error.ShouldBe(Note);

        (await archives.Diff("--all")).Output.ShouldEndWith("M  sub/.git  2 B\n\nwa-1 → wa-2: 1 added, 1 removed, 3 modified\n");
        (await archives.Diff("--tree", "--all")).Output.ShouldContain("├── M  .git/  drwxr-xr-x → drwx------\n");
        (await archives.Diff("--json")).Output.ShouldBe(FakeDaemon.Json(archives.Answer()) + "\n");
        (await archives.Diff("--ndjson")).Output.ShouldContain("\".git/index\"");
    }

    [Fact]
    public async Task Where_only_git_differs_no_file_does()
    {
        await using var archives = await ArchivesOnDisk.Make(new WorkareaDifference { Path = ".git/logs", Status = "removed", ModeA = "drwxr-xr-x" });

        (await archives.Diff()).Output.ShouldBe("wa-1 → wa-2: no differences but in .git/\n1 more below .git/; --all shows them\n");
        (await archives.Diff("--stat")).Output.ShouldBe(" no file changed\n 1 more below .git/; --all shows them\n");
    }

    [Fact]
    public async Task For_programs_it_is_what_the_control_API_answers()
    {
        await using var archives = await ArchivesOnDisk.Make(Some[..2]);
        var answer = archives.Answer();

        (await archives.Diff("--json")).Output.ShouldBe(FakeDaemon.Json(answer) + "\n");
        (await archives.Diff("--ndjson")).Output.ShouldBe(
            string.Concat(answer.Diff.Entries.Select(static entry => FakeDaemon.Json(entry) + "\n"))
            + FakeDaemon.Json(new WorkareaDiffEnd { Summary = answer.Diff.Summary }) + "\n");
    }

    [Fact]
    public async Task Lines_that_changed_are_counted()
    {
        await using var archives = await ArchivesOnDisk.Make(Some[1]);
        archives.File("bin", [0, 1, 2], [0, 1]);
        archives.File("long", "", string.Concat(Enumerable.Repeat("x\n", 80)));
        archives.File("src/a.txt", "one\ntwo\nthree\n", "one\n2\nthree\nfour\n");

        (await archives.Diff("--stat")).Output.ShouldBe(
            $"""
             bin       | Bin 3 → 2 bytes
             long      | 80 {new string('+', 40)}
             src/a.txt |  3 +-
             3 files changed, 82 insertions(+), 1 deletion(-)

            """);
    }

    [Fact]
    public async Task A_patch_is_what_git_would_say()
    {
        await using var archives = await ArchivesOnDisk.Make(
            new WorkareaDifference { Path = "a-link", Status = "modified", SizeA = 10, SizeB = 11, ModeA = "Lrwxrwxrwx", ModeB = "Lrwxrwxrwx", LinkA = "/etc/hosts", LinkB = "/etc/passwd" },
            Some[1]);
        archives.File("bin", [0, 1, 2], [0, 1]);
        archives.File("empty file", null, "");
        archives.File("gone", "1\n2\n", null);
        archives.File("lines", string.Concat(Enumerable.Range(1, 20).Select(static n => $"{n}\n")), string.Concat(Enumerable.Range(1, 20).Select(static n => n is 3 or 15 ? $"<{n}>\n" : $"{n}\n")) + "end");
        archives.File("run.sh", "#!/bin/sh\n", "#!/bin/sh\n", modeB: "-rwxr-xr-x");
        archives.File("with space", "a\r\n", "b\r\n");

        (await archives.Diff("--patch")).Output.ShouldBe(
            """
            diff --git a/a-link b/a-link
            --- a/a-link
            +++ b/a-link
            @@ -1 +1 @@
            -/etc/hosts
            \ No newline at end of file
            +/etc/passwd
            \ No newline at end of file
            diff --git a/bin b/bin
            Binary files a/bin and b/bin differ
            diff --git a/empty file b/empty file
            new file mode 100644
            diff --git a/gone b/gone
            deleted file mode 100644
            --- a/gone
            +++ /dev/null
            @@ -1,2 +0,0 @@
            -1
            -2
            diff --git a/lines b/lines
            --- a/lines
            +++ b/lines
            @@ -1,6 +1,6 @@
             1
             2
            -3
            +<3>
             4
             5
             6
            @@ -12,9 +12,10 @@
             12
             13
             14
            -15
            +<15>
             16
             17
             18
             19
             20
            +end
            \ No newline at end of file
            diff --git a/run.sh b/run.sh
            old mode 100644
            new mode 100755
            diff --git a/with space b/with space
            --- a/with spaceTAB
            +++ b/with spaceTAB
            @@ -1 +1 @@
            -aCR
            +bCR

            """.Replace("TAB", "\t", StringComparison.Ordinal).Replace("CR", "\r", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Git_takes_the_patch_and_makes_the_new_side_of_the_old_one()
    {
        var random = new Random(7);
        await using var archives = await ArchivesOnDisk.Make();
        var lines = Enumerable.Range(0, 400).Select(static n => $"line {n % 37}\n").ToList();
        for (var number = 0; number < 40; number++)
        {
            var changed = lines.Where(_ => random.Next(12) > 0).SelectMany(line => random.Next(15) == 0 ? [line, "new " + line] : new[] { line }).ToList();
            archives.File($"dir {number % 3}/f\"{number}\n.txt", string.Concat(lines), string.Concat(changed).TrimEnd(number % 2 == 0 ? '\n' : '#'));
        }

        archives.File("added é", null, "new\n");
        archives.File("gone", "old", null);
        archives.File("run", "x", "x", modeB: "-rwxr-xr-x");
        var patch = (await archives.Diff("--patch")).Output;
        await File.WriteAllTextAsync(archives.A + ".patch", patch);

        await Git(archives.A, "init", "-q");
        await Git(archives.A, "apply", archives.A + ".patch");

        var made = Contents(archives.A);
        made.Remove("gone").ShouldBeFalse();
        made.ShouldBe(Contents(archives.B), ignoreOrder: true);
        File.GetUnixFileMode(Path.Combine(archives.A, "run")).HasFlag(UnixFileMode.UserExecute).ShouldBeTrue();
    }

    [Fact]
    public async Task A_file_that_is_not_the_one_that_is_meant_is_never_shown()
    {
        await using var archives = await ArchivesOnDisk.Make();
        archives.File("f", "1\n", "2\n");
        await File.WriteAllTextAsync(Path.Combine(archives.B, "f"), "3\n");

        foreach (var shape in new[] { "--patch", "--stat" })
        {
            var outcome = await archives.Diff(shape);
            outcome.ExitCode.ShouldBe(1);
            outcome.Output.ShouldBe("");
            outcome.Error.ShouldContain("f in " + archives.B + " is not the file that the daemon tells of");
        }
    }

    [Fact]
    public async Task Trees_of_another_machine_cannot_be_read()
    {
        await using var archives = await ArchivesOnDisk.Make(Some);
        Directory.Delete(archives.B);

        var outcome = await archives.Diff("--patch");
        (outcome.ExitCode, outcome.Output).ShouldBe((1, ""));
        outcome.Error.ShouldStartWith("donmai: The files themselves cannot be compared: the tree of wa-2 is not on this machine at ");
        (await archives.Diff()).ExitCode.ShouldBe(0);

        var remote = await CommandOutcome.Of("workarea", "diff", "wa-1", "wa-2", "--patch", "--daemon-url", "http://192.0.2.1:7734");
        remote.ExitCode.ShouldBe(1);
        remote.Error.ShouldContain("the daemon at http://192.0.2.1:7734 is on another machine");
    }

    [Fact]
    public async Task One_shape_at_a_time()
    {
        var outcome = await CommandOutcome.Of("workarea", "diff", "wa-1", "wa-2", "--tree", "--json");

        (outcome.ExitCode, outcome.Output).ShouldBe((2, ""));
        outcome.Error.ShouldBe("donmai: --tree and --json cannot be had at once. See 'donmai workarea diff --help'.\n");
    }

    [Fact]
    public async Task What_breaks_off_is_a_failure()
    {
        await using var daemon = await FakeDaemon.Answering("/api/daemon/workareas/{a}/diff/{b}", System.Net.HttpStatusCode.BadRequest, """{"error":"archive corrupted: no tree"}""");

        var outcome = await CommandOutcome.Of("workarea", "diff", "wa-1", "wa-2", "--daemon-url", daemon.Address);
        (outcome.ExitCode, outcome.Error).ShouldBe((1, "donmai: archive corrupted: no tree\n"));
        outcome = await CommandOutcome.Of("workarea", "diff", "wa-1", "wa-2", "--ndjson", "--daemon-url", daemon.Address);
        (outcome.ExitCode, outcome.Output).ShouldBe((1, "{\"error\":\"archive corrupted: no tree\"}\n"));
    }

    [Theory]
    [InlineData("src/a b.txt", "src/a b.txt")]
    [InlineData("é😀", "é😀")]
    [InlineData("a\"b", "\"a\\\"b\"")]
    [InlineData("a\\b", "\"a\\\\b\"")]
    [InlineData("a\tb\r", "\"a\\tb\\r\"")]
    [InlineData("\u001b]0;x\u0007", "\"\\033]0;x\\007\"")]
    [InlineData("\u202etxt.exe", "\"\\342\\200\\256txt.exe\"")]
    public void Names_are_quoted_as_git_does(string path, string text) => PathText.Of(path).ShouldBe(text);

    [Theory]
    [InlineData("-rw-r--r--", "100644")]
    [InlineData("-rwxr-x---", "100750")]
    [InlineData("urwxr-xr-x", "104755")]
    [InlineData("gtrwxrwxrwx", "103777")]
    [InlineData("Lrwxrwxrwx", "120000")]
    [InlineData("dtrwxrwxrwx", null)]
    [InlineData("?", null)]
    public void Modes_are_octal_as_in_git(string mode, string? octal) => GitMode.Of(mode).ShouldBe(octal);

    [Fact]
    public void Very_long_texts_that_have_nothing_in_common_are_replaced_whole()
    {
        var a = Enumerable.Range(0, 200_000).Select(static n => $"a{n}\n").ToArray();
        var b = Enumerable.Range(0, 200_000).Select(static n => $"b{n}\n").ToArray();
        (a[0], b[0], a[^1], b[^1]) = ("first", "first", "last", "last");

        LineChanges.Between(a, b).ShouldBe([new LineChange(1, 199_998, 1, 199_998)]);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_binary()
    {
        FileSide.LinesOf((byte[])[0x61, 0xff]).ShouldBeNull();
        FileSide.LinesOf("a\0"u8).ShouldBeNull();
        FileSide.LinesOf("a\nb"u8).ShouldBe(["a\n", "b"]);
        FileSide.LinesOf(""u8).ShouldBe([]);
    }

    private static async Task Git(string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = directory, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        using var git = Process.Start(start)!;
        var error = await git.StandardError.ReadToEndAsync();
        await git.WaitForExitAsync();
        git.ExitCode.ShouldBe(0, error);
    }

    private static Dictionary<string, string> Contents(string tree) => Directory.EnumerateFiles(tree, "*", SearchOption.AllDirectories)
        .Where(static path => !path.Contains("/.git/", StringComparison.Ordinal))
        .ToDictionary(path => Path.GetRelativePath(tree, path), static path => File.ReadAllText(path, Encoding.UTF8), StringComparer.Ordinal);
}
