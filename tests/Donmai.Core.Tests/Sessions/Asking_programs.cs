using System.Diagnostics;
using Donmai.Core.Sessions.Children;

namespace Donmai.Core.Tests.Sessions;

public sealed class Asking_programs : IDisposable
{
    private static readonly Dictionary<string, string> Environment = new(StringComparer.Ordinal) { ["PATH"] = "/usr/bin:/bin", ["MARK"] = "here" };

    private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("donmai-asking-");

    public void Dispose() => _place.Delete(recursive: true);

    [Fact]
    public async Task The_answer_is_the_output_and_the_end()
    {
        var answer = await Ask("echo \"$MARK $1\"; echo aside >&2; exit 3");

        answer.Output.ShouldBe("here --version\n");
        answer.Exit.ShouldBe(new ChildExit(3, null));
        answer.Succeeded.ShouldBeFalse();
        answer.WasSilent.ShouldBeFalse();
    }

    [Fact]
    public async Task A_program_that_hangs_is_killed_with_what_it_started()
    {
        var pids = Path.Combine(_place.FullName, "pids");
        var begun = Stopwatch.StartNew();

        var answer = await Ask($"trap '' TERM; sleep 300 & echo $! > {pids}; echo $$ >> {pids}; while :; do sleep 300; done", TimeSpan.FromSeconds(1));

        answer.WasSilent.ShouldBeTrue();
        begun.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        foreach (var pid in await File.ReadAllLinesAsync(pids))
            (ProcessTable.Find(int.Parse(pid)) is { IsZombie: false }).ShouldBeFalse($"process {pid} is left");
    }

    [Fact]
    public async Task Somebody_who_keeps_the_output_open_does_not_keep_the_caller_waiting()
    {
        var answer = await Ask("sleep 300 & exit 0", TimeSpan.FromSeconds(1));

        answer.Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Endless_output_is_cut_and_ended()
    {
        var answer = await Ask("while :; do echo 0123456789012345678901234567890123456789; done", TimeSpan.FromSeconds(1));

        answer.Succeeded.ShouldBeFalse();
        answer.Output.Length.ShouldBeLessThanOrEqualTo(256 * 1024);
    }

    [Fact]
    public async Task What_cannot_be_started_says_why()
    {
        var path = Path.Combine(_place.FullName, "claude");
        ProgramOnDisk.Write(path, "no program");

        var answer = await new ProgramQuestion(TimeProvider.System).Ask(path, ["--version"], Environment, CancellationToken.None);

        answer.Refusal!.ShouldContain(path);
        answer.WasSilent.ShouldBeFalse();
    }

    private async Task<ProgramAnswer> Ask(string shell, TimeSpan? bound = null)
    {
        var path = Path.Combine(_place.FullName, "program");
        ProgramOnDisk.Write(path, "#!/bin/sh\n" + shell + "\n");
        return await new ProgramQuestion(TimeProvider.System, bound ?? TimeSpan.FromSeconds(30)).Ask(path, ["--version"], Environment, CancellationToken.None);
    }
}
