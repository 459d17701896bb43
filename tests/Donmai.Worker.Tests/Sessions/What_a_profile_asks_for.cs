using Donmai.Sessions;
using Donmai.Worker.Tests.Providers;

namespace Donmai.Worker.Tests.Sessions;

public sealed class What_a_profile_asks_for : IDisposable
{
    private readonly WorkerBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_credential_and_a_context_window_that_nobody_here_has_are_told()
    {
        _bench.Detail = _bench.Detail with
        {
            ResolvedProfile = new ResolvedProfile { Provider = "claude", Model = "sonnet", CredentialId = "team-key", ProviderConfig = new JsonText("""{"contextWindow":1000000}""") },
        };
        _bench.Agent.Play(Claude_fixture.Init, "#commit Fix rounding", Claude_fixture.Success);

        (await _bench.Run()).ShouldBe(0);

        _bench.Result.Warnings.ShouldBe(
            ["this machine has no credential 'team-key'; claude uses its own", "claude takes no 'contextWindow'; the configured one was left out"]);
    }

    [Fact]
    public async Task A_large_context_window_reaches_a_program_that_knows_it_without_a_warning()
    {
        _bench.Detail = _bench.Detail with
        {
            ModelProfile = new ModelProfile { Id = "m", ProviderId = "claude", Model = "sonnet", Context = 1_000_000 },
        };
        _bench.Agent.Help("--model <model>  'sonnet' or 'sonnet[1m]'").Play(Claude_fixture.Init, "#commit Fix rounding", Claude_fixture.Success);

        (await _bench.Run()).ShouldBe(0);

        _bench.Agent.Arguments().ShouldContain("sonnet[1m]");
        _bench.Result.Warnings.ShouldBeNull();
    }
}
