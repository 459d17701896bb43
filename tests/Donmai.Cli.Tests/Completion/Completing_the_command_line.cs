using System.Diagnostics;
using Donmai.Platform;
using Donmai.Providers;
using Donmai.Sessions;
using Donmai.Workareas;

namespace Donmai.Cli.Tests.Completion;

/// <summary>The scripts, run by the shells they are for.</summary>
public sealed class Completing_the_command_line : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory _home = new();

    public void Dispose() => _home.Dispose();

    [ShellTheory("bash")]
    [InlineData("donmai da", "daemon")]
    [InlineData("donmai daemon unin", "uninstall")]
    [InlineData("donmai daemon sto", "stop")]
    [InlineData("donmai daemon stop --n", "--no-wait --now")]
    [InlineData("donmai completion ", "bash fish zsh")]
    [InlineData("donmai daemon drain --then ", "none pause stop")]
    [InlineData("donmai daemon run --log-level cr", "critical")]
    [InlineData("donmai config get autoUpdate.p", "autoUpdate.pin")]
    [InlineData("donmai daemon capacity set ", "capacity.maxConcurrentSessions capacity.poolMaxDiskGb")]
    [InlineData("donmai run --no-such-thing", "")]
    [InlineData("donmai daemon run --config ", "")]
    [InlineData("donmai 'unfinished", "")]
    public async Task In_bash(string line, string suggestions) =>
        (await Bash(line)).Split(' ', StringSplitOptions.RemoveEmptyEntries).Order().ShouldBe(suggestions.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [ShellTheory("bash")]
    [InlineData("session show ", "ses-1 ses-2")]
    [InlineData("session stop ses-2", "ses-2")]
    [InlineData("routing explain ses-", "ses-1 ses-2")]
    [InlineData("session stop --reason ", "")]
    [InlineData("session list ", "")]
    public async Task The_ids_of_sessions_in_bash(string line, string suggestions)
    {
        await using var daemon = await DaemonAnswers.Get(
            "/api/daemon/sessions", new List<SessionHandle> { new() { SessionId = "ses-1" }, new() { SessionId = "ses-2" } });

        (await Bash("donmai " + line, daemon.Address)).Trim().ShouldBe(suggestions);
    }

    [ShellTheory("bash")]
    [InlineData("workarea diff ", "wa-1 wa-2")]
    [InlineData("workarea diff wa-1 ", "wa-2")]
    [InlineData("workarea diff wa-1 wa", "wa-2")]
    [InlineData("workarea diff wa-1 wa-2 ", "")]
    [InlineData("workarea restore --reason look ", "wa-1 wa-2")]
    [InlineData("workarea show ", "s-1 wa-1 wa-2")]
    [InlineData("workarea rm wa-2 s-1 ", "wa-1")]
    public async Task The_ids_of_work_areas_in_bash(string line, string suggestions)
    {
        await using var daemon = await DaemonAnswers.Get(
            "/api/daemon/workareas", new WorkareaList { Active = [new() { Id = "s-1" }], Archived = [new() { Id = "wa-1" }, new() { Id = "wa-2" }] });

        (await Bash("donmai " + line, daemon.Address)).Trim().ShouldBe(suggestions);
    }

    [ShellTheory("bash")]
    [InlineData("provider show ", "claude stub")]
    [InlineData("provider probe ", "claude stub")]
    [InlineData("provider probe st", "stub")]
    public async Task The_ids_of_providers_in_bash(string line, string suggestions)
    {
        await using var daemon = await DaemonAnswers.Get(
            "/api/daemon/providers", new ProviderList { Providers = [new Provider { Id = "claude" }, new Provider { Id = "stub" }] });

        (await Bash("donmai " + line, daemon.Address)).Trim().ShouldBe(suggestions);
    }

    [ShellTheory("bash")]
    [InlineData("outbox retry ", "ses-1-7-completion ses-2-8-status")]
    public async Task The_ids_of_the_outbox_in_bash(string line, string suggestions)
    {
        await using var daemon = await DaemonAnswers.Get(
            "/api/daemon/outbox", new OutboxList { Items = [new OutboxRow { Id = "ses-1-7-completion" }, new OutboxRow { Id = "ses-2-8-status" }] });

        (await Bash("donmai " + line, daemon.Address)).Trim().ShouldBe(suggestions);
    }

    [ShellTheory("bash")]
    [InlineData("donmai session show ")]
    public async Task Without_a_daemon_nothing_is_suggested_and_nothing_is_said(string line) =>
        (await Bash(line, "http://127.0.0.1:1")).ShouldBeEmpty();

    [ShellTheory("zsh")]
    [InlineData("zsh")]
    public Task The_script_for_zsh_is_one(string shell) => IsScript(shell, "-n");

    [ShellTheory("fish")]
    [InlineData("fish")]
    public Task The_script_for_fish_is_one(string shell) => IsScript(shell, "--no-execute");

    [Fact]
    public async Task Suggestions_say_what_they_mean()
    {
        var outcome = await CommandOutcome.Of("[suggest]", "donmai daemon lo");

        outcome.ShouldBe(new CommandOutcome(0, "logs\tShow the daemon's log.\n", ""));
    }

    private async Task IsScript(string shell, string check)
    {
        await File.WriteAllTextAsync(_home.File("script"), (await CommandOutcome.Of("completion", shell)).Output);

        (await Shell(shell, check, _home.File("script"))).ShouldBeEmpty();
    }

    // As the shell does it when somebody presses the key behind the last character.
    private Task<string> Bash(string line, string address = "http://127.0.0.1:1")
    {
        const string key = """
            source <(donmai completion bash)
            COMP_LINE=$1 COMP_POINT=${#1}
            read -ra COMP_WORDS <<< "$COMP_LINE"
            [[ $COMP_LINE == *' ' ]] && COMP_WORDS+=('')
            COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
            _donmai donmai "${COMP_WORDS[COMP_CWORD]}"
            echo -n "${COMPREPLY[*]}"
            """;
        return Shell("bash", address, ["-c", key, "bash", line]);
    }

    private Task<string> Shell(string shell, string check, string script) => Shell(shell, "http://127.0.0.1:1", [check, script]);

    private async Task<string> Shell(string shell, string address, string[] arguments)
    {
        var start = new ProcessStartInfo(shell, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["PATH"] = $"{AppContext.BaseDirectory}:/usr/bin:/bin";
        start.Environment["HOME"] = _home.Path;
        start.Environment["DONMAI_STATE_HOME"] = _home.File("state");
        start.Environment["DONMAI_DAEMON_URL"] = address;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Deadline);
        (await error).ShouldBeEmpty();
        return await output;
    }
}
