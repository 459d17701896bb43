using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Donmai.Core.Sessions.Limits;

/// <summary>
/// Looks for a place in the system's control groups that is the daemon's to divide. Two are: the group above its own when a service manager has
/// delegated that and put the daemon below it, and the root of a container in which it is alone. Nothing is taken that belongs to others.
/// </summary>
internal static partial class ControlGroupSearch
{
    private const string Controllers = "cgroup.controllers";
    private const string Enabled = "cgroup.subtree_control";
    private const string OwnLeaf = "donmai.daemon";
    private const int HashLength = 12;

    /// <summary>Finds it.</summary>
    /// <param name="stateRoot">State directory of the daemon, which tells its sessions from those of another on the same machine.</param>
    /// <param name="obstacle">Why there is none.</param>
    internal static ControlGroups? Find(string stateRoot, out string? obstacle)
    {
        try
        {
            var place = Place(out obstacle);
            return place is null ? null : Open(place, stateRoot, out obstacle);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            obstacle = refusal.Message;
            return null;
        }
    }

    private static string? Place(out string? obstacle)
    {
        obstacle = "the system has no control groups of version 2";
        if (!OperatingSystem.IsLinux() || Mount() is not { } mount || OwnGroup() is not { } own)
            return null;
        var home = Path.Join(mount, own).TrimEnd('/');
        if (own == "/")
            return home;
        obstacle = $"the control group {own} is the service manager's: for a systemd service set Delegate=yes and DelegateSubgroup= (version 254)";
        return Path.GetDirectoryName(home) is { } parent && IsDelegated(parent) ? parent : null;
    }

    private static ControlGroups? Open(string place, string stateRoot, out string? obstacle)
    {
        var given = Words(place, Controllers);
        var (hasMemory, hasCpu) = (given.Contains("memory"), given.Contains("cpu"));
        if (!hasMemory && !hasCpu)
        {
            obstacle = $"neither the memory nor the cpu controller is available in {place}";
            return null;
        }

        var wanted = string.Join(' ', new[] { hasMemory ? "+memory" : null, hasCpu ? "+cpu" : null }.OfType<string>());
        if (!wanted.Split(' ').All(word => Words(place, Enabled).Contains(word[1..])))
            Enable(place, wanted);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(stateRoot)))[..HashLength];
        var root = Directory.CreateDirectory(Path.Combine(place, $"donmai-{hash}")).FullName;
        File.WriteAllText(Path.Combine(root, Enabled), wanted);
        obstacle = hasMemory && hasCpu ? null : $"the {(hasMemory ? "cpu" : "memory")} controller is not available in {place}";
        var groups = new ControlGroups(root, hasMemory, hasCpu);
        groups.RemoveEmpty();
        return groups;
    }

    // A group with processes of its own cannot be divided; who is alone in it can make room.
    private static void Enable(string place, string wanted)
    {
        var own = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        if (Words(place, ControlGroups.Members) is [var only] && only == own)
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(place, OwnLeaf)).FullName, ControlGroups.Members), own);
        File.WriteAllText(Path.Combine(place, Enabled), wanted);
    }

    private static string[] Words(string place, string file) =>
        File.ReadAllText(Path.Combine(place, file)).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    // "36 35 0:30 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw"
    private static string? Mount() => File.ReadLines("/proc/self/mountinfo")
        .Where(static line => line.Contains(" - cgroup2 ", StringComparison.Ordinal))
        .Select(static line => line.Split(' ')[4])
        .FirstOrDefault();

    private static string? OwnGroup() => File.ReadLines("/proc/self/cgroup")
        .Where(static line => line.StartsWith("0::", StringComparison.Ordinal))
        .Select(static line => line[3..])
        .FirstOrDefault();

    // systemd marks what it has given away.
    private static unsafe bool IsDelegated(string group)
    {
        byte value = 0;
        return (Attribute(group, "user.delegate", &value, 1) == 1 || Attribute(group, "trusted.delegate", &value, 1) == 1) && value == (byte)'1';
    }

    [LibraryImport("libc", EntryPoint = "getxattr", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial nint Attribute(string path, string name, byte* value, nint size);
}
