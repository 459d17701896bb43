using Orleans.Metadata;
using Orleans.Serialization;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>Requests by their names.</summary>
internal static class WireRequests
{
    private static readonly Dictionary<string, GrainMethod> OfStreams =
        StreamMethods.All.ToDictionary(method => method.Signature, StringComparer.Ordinal);

    /// <exception cref="CodecNotFoundException">This side does not have the method.</exception>
    public static GrainRequest Create(GrainInterfaceType interfaceType, string signature) =>
        (OfStreams.GetValueOrDefault(signature) ?? GrainModules.Description(interfaceType.ToString()).Method(signature))?.CreateRequest()
        ?? throw new CodecNotFoundException($"{interfaceType} has no method {signature} here: are both sides of the same version?");
}
