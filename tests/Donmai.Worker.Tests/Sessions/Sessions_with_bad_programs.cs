using Donmai.Sessions;
using Donmai.Sessions.Events;

namespace Donmai.Worker.Tests.Sessions;

/// <summary>What becomes of a session whose agent's program does what no program should: state, mode, text, exit code.</summary>
public sealed class Sessions_with_bad_programs : IDisposable
{
    private readonly WorkerBench _bench = new();

    public void Dispose() => _bench.Dispose();

    public static TheoryData<string, string, string, string> Programs => new()
    {
        { "amp", "exit 0", "provider-error", "amp ended without a result (exit code 0)" },
        { "amp", "echo 'Invalid API key' >&2; exit 1", "auth-required", "amp ended without a result (exit code 1): Invalid API key" },
        { "amp", "head -c 100000 /dev/urandom", "provider-error", "amp ended without a result (exit code 0)" },
        { "opencode", "exit 3", "provider-error", "opencode ended without a result (exit code 3)" },
        { "opencode", "kill -9 $$", "provider-error", "opencode ended without a result (signal 9)" },
        { "opencode", "echo 'usage limit reached' >&2; exit 1", "quota-exhausted", "opencode ended without a result (exit code 1): usage limit reached" },
        { "opencode", "head -c 50000000 /dev/zero | tr '\\0' x; echo", "provider-error", "opencode ended without a result (exit code 0)" },
    };

    [Theory, MemberData(nameof(Programs)), Trait("spec", "WK-18"), Trait("spec", "WK-24"), Trait("spec", "WK-48")]
    public async Task A_program_that_fails_fails_its_session_with_its_last_words(string name, string shell, string mode, string error)
    {
        Use(name, $"#!/bin/sh\ncase \"$*\" in *--help*|--version) exit 1 ;; esac\n{shell}\n");

        (await _bench.Run()).ShouldBe(1);

        (_bench.Result.Status, _bench.Result.FailureMode, _bench.Result.Error).ShouldBe(("failed", mode, error));
        (_bench.Exit.ExitCode, _bench.Exit.Status, _bench.Exit.FailureMode).ShouldBe((1, "failed", mode));
        _bench.AgentEvents.OfType<ErrorEvent>().ShouldHaveSingleItem().Fatal.ShouldBeTrue();
    }

    [Theory, Trait("spec", "WK-18")]
    [InlineData("amp")]
    [InlineData("opencode")]
    public async Task What_is_no_program_cannot_be_started(string name)
    {
        Use(name, "\u0001\u0002");

        (await _bench.Run()).ShouldBe(1);

        _bench.Result.FailureMode.ShouldBe("spawn-failed");
        _bench.Result.Error!.ShouldContain($"bin/{name}' could not be started");
        _bench.AgentEvents.ShouldBeEmpty();
    }

    [Theory, Trait("spec", "WK-69")]
    [InlineData("amp", "https://ampcode.com/install.sh")]
    [InlineData("opencode", "npm install -g opencode-ai")]
    public async Task What_is_missing_is_told_before_anything_is_cloned(string name, string howToGet)
    {
        _bench.Detail = _bench.Detail with { ResolvedProfile = new ResolvedProfile { Provider = name } };

        (await _bench.Run()).ShouldBe(1);

        _bench.Result.FailureMode.ShouldBe("provider-resolve");
        _bench.Result.Error!.ShouldContain(howToGet);
        Directory.Exists(_bench.Tree).ShouldBeFalse();
    }

    private void Use(string name, string program)
    {
        _bench.Place.Script($"bin/{name}", program);
        _bench.Variables["AMP_API_KEY"] = "sgamp-1";
        _bench.Detail = _bench.Detail with { ResolvedProfile = new ResolvedProfile { Provider = name } };
    }
}
