using Orleans.Runtime;

namespace Orleans;

/// <summary>References and keys of grains.</summary>
public static class GrainExtensions
{
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) =>
        (TGrainInterface)ReferenceOf(grain).CastTo(typeof(TGrainInterface));

    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => AsReference<TGrainInterface>(grain);

    public static GrainId GetGrainId(this IAddressable grain) => ReferenceOf(grain).GrainId;

    public static string GetPrimaryKeyString(this IAddressable grain) => GetGrainId(grain).Key.ToString();

    public static long GetPrimaryKeyLong(this IAddressable grain) =>
        GrainKeys.TryReadInteger(GetGrainId(grain).Key, out var key)
            ? key
            : throw new InvalidOperationException($"The key of {GetGrainId(grain)} is no integer.");

    public static Guid GetPrimaryKey(this IAddressable grain) =>
        Guid.TryParseExact(GetGrainId(grain).Key.ToString(), "N", out var key)
            ? key
            : throw new InvalidOperationException($"The key of {GetGrainId(grain)} is no Guid.");

    private static GrainReference ReferenceOf(IAddressable grain) => grain switch
    {
        GrainReference reference => reference,
        IGrainBase instance => instance.GrainContext.GrainReference,
        _ => throw new ArgumentException($"{grain.GetType()} is neither a grain nor a reference to one.", nameof(grain)),
    };
}
