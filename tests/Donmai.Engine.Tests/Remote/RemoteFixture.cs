namespace Donmai.Engine.Tests.Remote;

/// <summary>One silo and one client for the tests of a class; each test has keys of its own.</summary>
public sealed class RemoteFixture : IAsyncLifetime
{
    internal RemoteSilo Silo { get; private set; } = null!;

    internal IClusterClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Silo = await RemoteSilo.Start();
        Client = await Silo.Connect();
    }

    public async Task DisposeAsync() => await Silo.DisposeAsync();
}
