using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>Calls a grain. Generated classes derive from it, one for each grain interface.</summary>
public class GrainReference : IAddressable, IEquatable<GrainReference>
{
    private readonly GrainReferenceShared _shared;

    protected GrainReference(GrainReferenceShared shared, IdSpan key)
    {
        _shared = shared;
        GrainId = new GrainId(shared.GrainType, key);
    }

    public GrainId GrainId { get; }

    public GrainInterfaceType InterfaceType => _shared.Interface.InterfaceType;

    public string InterfaceName => _shared.Interface.Type.FullName!;

    internal GrainReferenceShared Shared => _shared;

    public virtual TGrainInterface Cast<TGrainInterface>()
        where TGrainInterface : IAddressable => (TGrainInterface)CastTo(typeof(TGrainInterface));

    public bool Equals(GrainReference? other) => other is not null && GrainId.Equals(other.GrainId);

    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    public override int GetHashCode() => GrainId.GetHashCode();

    public sealed override string ToString() => $"GrainReference:{GrainId}:{InterfaceType}";

    public static bool operator ==(GrainReference? left, GrainReference? right) => left?.Equals(right) ?? right is null;

    public static bool operator !=(GrainReference? left, GrainReference? right) => !(left == right);

    internal object CastTo(Type interfaceType) =>
        interfaceType.IsInstanceOfType(this) ? this : _shared.Caller.References.Create(interfaceType, GrainId);

    protected Task<TResult> InvokeAsync<TResult>(GrainRequest<TResult> request) => _shared.Caller.Call(this, request);

    protected IAsyncEnumerable<TItem> InvokeStream<TItem>(GrainStreamRequest<TItem> request) => new GrainStream<TItem>(this, request);
}
