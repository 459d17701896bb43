using Orleans.Metadata;

namespace Orleans.Runtime;

/// <summary>How a sequence is asked for: calls that interleave with everything.</summary>
internal static class StreamMethods
{
    public static readonly GrainMethod Start = Method("Start", () => new StreamStart());
    public static readonly GrainMethod Next = Method("Next", () => new StreamNext());
    public static readonly GrainMethod Stop = Method("Stop", () => new StreamStop());

    public static readonly GrainMethod[] All = [Start, Next, Stop];

    private static GrainMethod Method(string name, Func<Serialization.Invocation.GrainRequest> create) =>
        new(typeof(IAnyGrain), name, "#" + name, [], GrainMethodOptions.AlwaysInterleave | GrainMethodOptions.Stream, null, create);
}
