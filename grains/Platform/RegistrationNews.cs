using Donmai.Core.Daemon;
using Donmai.Platform;
using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Platform;

/// <summary>Tells the registration of changes of the configuration, from wherever they are made; who makes them waits for nothing.</summary>
/// <param name="registration">Who is told.</param>
/// <param name="logger">Its log.</param>
internal sealed partial class RegistrationNews(IRegistrationGrain registration, ILogger logger)
{
    private IDisposable? _changes;
    private Task _telling = Task.CompletedTask;

    /// <summary>Tells of changes from now on.</summary>
    public void Begin(IDaemonConfiguration configuration) => _changes = configuration.WhenReplaced(_ => _telling = Tell());

    /// <summary>No more; completes when nobody is being told.</summary>
    public Task End()
    {
        _changes?.Dispose();
        _changes = null;
        return _telling;
    }

    private async Task Tell()
    {
        try
        {
            await registration.Reconsider();
        }
        catch (Exception failure)
        {
            NotReconsidered(failure);
        }
    }
}
