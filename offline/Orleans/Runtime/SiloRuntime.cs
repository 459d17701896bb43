using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Metadata;

namespace Orleans.Runtime;

/// <summary>The parts of a silo.</summary>
internal sealed class SiloRuntime : IDisposable
{
    private readonly MessagingOptions _messaging;

    public SiloRuntime(
        IServiceProvider services,
        [FromKeyedServices(TimeProviderNames.Grains)] TimeProvider clock,
        [FromKeyedServices(TimeProviderNames.Messaging)] TimeProvider messagingClock,
        IOptions<SiloMessagingOptions> messaging,
        IOptions<GrainCollectionOptions> collection,
        IEnumerable<IIncomingGrainCallFilter> incoming,
        IEnumerable<IOutgoingGrainCallFilter> outgoing,
        ILoggerFactory loggers)
    {
        _messaging = messaging.Value;
        Services = services;
        Clock = clock;
        Collection = collection.Value;
        IncomingFilters = [.. incoming];
        Log = new SiloLog(loggers.CreateLogger("Orleans.Silo"));
        Classes = new GrainClasses();
        Caller = new LocalCaller(this, outgoing);
        Directory = new GrainDirectory(this);
        Deadlines = new CallDeadlines(_messaging.ResponseTimeout, _messaging.CancelRequestOnTimeout, messagingClock);
    }

    /// <summary>Calls that met an activation that was ending are sent on so often.</summary>
    private const int MostForwards = 8;

    public IServiceProvider Services { get; }

    public TimeProvider Clock { get; }

    public GrainCollectionOptions Collection { get; }

    public TimeSpan ResponseTimeout => _messaging.ResponseTimeout;

    public IIncomingGrainCallFilter[] IncomingFilters { get; }

    public SiloLog Log { get; }

    public GrainClasses Classes { get; }

    public GrainDirectory Directory { get; }

    public LocalCaller Caller { get; }

    public CallDeadlines Deadlines { get; }

    /// <summary>Finds another activation for a call that its own one could not take.</summary>
    public void Forward(GrainCall call, DeactivationReason reason)
    {
        if (call.Request.Method.Has(GrainMethodOptions.Tick))
        {
            return;
        }

        if (reason.Exception is { } exception)
        {
            call.TryFail(exception);
        }
        else if (++call.Forwards > MostForwards)
        {
            call.TryFail(new OrleansMessageRejectionException(
                $"{call.Request.GetActivityName()} met {call.Forwards} activations of {call.Target} that were ending: {reason.Description}."));
        }
        else
        {
            Directory.Deliver(call);
        }
    }

    public void Dispose() => Deadlines.Dispose();
}
