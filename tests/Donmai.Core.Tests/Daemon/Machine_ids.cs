using Donmai.Core.Daemon;

namespace Donmai.Core.Tests.Daemon;

public sealed class Machine_ids
{
    [Theory, Trait("spec", "DR-14")]
    [InlineData("Build-Box-3", "build-box-3")]
    [InlineData("Annas-MacBook.local", "annas-macbook-local")]
    [InlineData("db_01.prod", "db-01-prod")]
    [InlineData("--", "local-machine")]
    [InlineData("", "local-machine")]
    [InlineData(null, "local-machine")]
    [InlineData("Küche 2", "k-che-2")]
    [InlineData("-a-", "a")]
    public void An_id_is_made_of_the_host_name(string? hostname, string id) => MachineId.FromHostname(hostname).ShouldBe(id);
}
