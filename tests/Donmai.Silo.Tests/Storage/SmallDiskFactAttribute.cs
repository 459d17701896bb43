namespace Donmai.Silo.Tests.Storage;

/// <summary>A test on a <see cref="SmallDisk"/>, skipped where none can be mounted.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmallDiskFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> Mountable = new(() =>
    {
        using var disk = SmallDisk.TryMount(64);
        return disk is not null;
    });

    public SmallDiskFactAttribute()
    {
        if (!Mountable.Value)
            Skip = "needs root on Linux with the right to mount a tmpfs";
    }
}
