using Donmai.Core.Sessions;

namespace Donmai.Core.Platform;

/// <summary>Delivers what a session left: its results first, then its activity, each in order.</summary>
/// <param name="delivery">Sends requests.</param>
/// <param name="clock">Time.</param>
public sealed class OutboxCarrier(OutboxDelivery delivery, TimeProvider clock)
{
    /// <summary>
    /// Makes one attempt for everything that waits in a record directory. A result that does not arrive holds up no other; of the activity, which is many,
    /// one that does not arrive holds up the rest. What the platform refuses for good is marked so; refused activity is gone.
    /// </summary>
    /// <param name="record">The record directory.</param>
    /// <param name="platformUrl">The platform that is there; requests for another one wait.</param>
    /// <param name="access">With the runtime token; asked before every attempt.</param>
    /// <param name="cancellationToken">Leaves the rest waiting.</param>
    /// <exception cref="IOException">The disk refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The files may not be used.</exception>
    public async Task<OutboxRound> Deliver(string record, string platformUrl, PlatformAccessSource access, CancellationToken cancellationToken)
    {
        var results = await Results(record, platformUrl, access, cancellationToken);
        if (results.Trouble is { StatusCode: null })
            return results; // nobody is there
        var activity = await Activity(record, platformUrl, access, cancellationToken);
        return new OutboxRound(results.Delivered + activity.Delivered, results.Left + activity.Left, results.Trouble ?? activity.Trouble);
    }

    private async Task<OutboxRound> Results(string record, string platformUrl, PlatformAccessSource access, CancellationToken cancellationToken)
    {
        var path = Path.Combine(record, SessionRecordFiles.Outbox);
        if (!File.Exists(path))
            return new OutboxRound(0, 0, null);
        using var file = OutboxFile.ForResults(path, clock);
        var delivered = 0;
        TransientPlatformException? trouble = null;
        foreach (var entry in file.Waiting().Where(entry => IsFor(entry, platformUrl) && file.IsWaiting(entry))) // asked just before each is sent
            try
            {
                await delivery.Send(entry, access, cancellationToken, Once);
                file.Done(entry);
                delivered++;
            }
            catch (PermanentPlatformException refused)
            {
                file.Refused(entry, refused.Message);
            }
            catch (TransientPlatformException failed)
            {
                trouble ??= failed;
                if (failed.StatusCode is null)
                    break;
            }

        return new OutboxRound(delivered, file.Count, trouble);
    }

    private async Task<OutboxRound> Activity(string record, string platformUrl, PlatformAccessSource access, CancellationToken cancellationToken)
    {
        var path = Path.Combine(record, SessionRecordFiles.Activity);
        if (!File.Exists(path))
            return new OutboxRound(0, 0, null);
        using var file = OutboxFile.ForActivity(path, clock);
        var delivered = 0;
        while (file.First() is { } entry && IsFor(entry, platformUrl))
        {
            try
            {
                await delivery.Send(entry, access, cancellationToken, Once);
                delivered++;
            }
            catch (PermanentPlatformException)
            {
                // It is best effort: what the platform does not want nobody asks for (platform-api.md §10.3).
            }
            catch (TransientPlatformException failed)
            {
                return new OutboxRound(delivered, file.Count, failed);
            }

            file.Done(entry);
        }

        return new OutboxRound(delivered, file.Count, null);
    }

    // Who delivers tries again later by itself.
    private static PlatformCall Once(PlatformCall usual) => usual with { Waits = [] };

    private static bool IsFor(OutboxEntry entry, string platformUrl) =>
        entry.PlatformUrl.Length == 0 || string.Equals(entry.PlatformUrl.TrimEnd('/'), platformUrl.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);
}
