using System.Globalization;

namespace Donmai.Core.Sessions.Children;

/// <summary>Reads <c>/proc</c>. Empty where the system has none.</summary>
public static class ProcessTable
{
    private const string Root = "/proc";

    /// <summary>Every process there is now.</summary>
    public static IReadOnlyList<ProcessEntry> Read()
    {
        if (!OperatingSystem.IsLinux())
            return [];
        var entries = new List<ProcessEntry>();
        foreach (var directory in Directory.EnumerateDirectories(Root))
            if (int.TryParse(Path.GetFileName(directory.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && Find(pid) is { } entry)
                entries.Add(entry);
        return entries;
    }

    /// <summary>One process, or <see langword="null"/> when there is none of that number.</summary>
    public static ProcessEntry? Find(int pid)
    {
        try
        {
            return Parse(pid, File.ReadAllText($"{Root}/{pid}/stat"));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // "pid (name) state ppid pgrp session …": the name may contain blanks and parentheses.
    private static ProcessEntry? Parse(int pid, string line)
    {
        var end = line.LastIndexOf(')');
        if (end < 0 || end + 2 >= line.Length)
            return null;
        var fields = line[(end + 2)..].Split(' ');
        return fields.Length < 20
            ? null
            : new ProcessEntry(pid, Number(fields[1]), Number(fields[2]), ulong.Parse(fields[19], CultureInfo.InvariantCulture), fields[0] is "Z" or "X");
    }

    private static int Number(string field) => int.Parse(field, CultureInfo.InvariantCulture);
}
