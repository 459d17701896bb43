namespace Orleans.Runtime;

/// <summary>Identifies one activation of a grain.</summary>
[Immutable]
public readonly record struct ActivationId(Guid Key)
{
    public bool IsDefault => Key == Guid.Empty;

    public static ActivationId NewId() => new(Guid.NewGuid());

    public override string ToString() => $"@{Key:N}";
}
