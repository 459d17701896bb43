namespace Donmai.FakePlatform.Tests;

/// <summary>A platform, and a daemon that calls it by hand.</summary>
public abstract class PlatformTest : IAsyncLifetime, IDisposable
{
    private Caller? _daemon;

    private protected PlatformServer Platform { get; private set; } = null!;

    private protected Caller Daemon => _daemon!;

    public virtual async Task InitializeAsync()
    {
        Platform = await PlatformServer.Start();
        _daemon = new Caller(Platform);
    }

    public async Task DisposeAsync() => await Platform.DisposeAsync();

    public void Dispose()
    {
        _daemon?.Dispose();
        GC.SuppressFinalize(this);
    }
}
