using Orleans.Metadata;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>A tick of a timer, as a call of the activation.</summary>
internal sealed class TimerTick(GrainTimer timer, TimerTick.Kind kind) : GrainRequest<Nothing>(kind.Method)
{
    private static readonly Kind Turn = new(GrainMethodOptions.Tick);
    private static readonly Kind KeepAliveTurn = new(GrainMethodOptions.Tick | GrainMethodOptions.Activity);
    private static readonly Kind Interleaved = new(GrainMethodOptions.Tick | GrainMethodOptions.AlwaysInterleave);
    private static readonly Kind KeepAliveInterleaved = new(GrainMethodOptions.Tick | GrainMethodOptions.Activity | GrainMethodOptions.AlwaysInterleave);

    public static Kind KindOf(GrainTimerCreationOptions options) => (options.Interleave, options.KeepAlive) switch
    {
        (false, false) => Turn,
        (false, true) => KeepAliveTurn,
        (true, false) => Interleaved,
        (true, true) => KeepAliveInterleaved,
    };

    public override ValueTask<Nothing> InvokeOn(object target) => Nothing.From(timer.Tick());

    /// <summary>Whether ticks interleave and whether they keep the activation alive.</summary>
    internal sealed class Kind(GrainMethodOptions options)
    {
        public GrainMethod Method { get; } = new(typeof(IGrainTimer), "Tick", "Tick()", [], options, null, () => throw new InvalidOperationException());
    }
}
