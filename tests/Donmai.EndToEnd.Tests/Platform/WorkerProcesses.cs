namespace Donmai.EndToEnd.Tests.Platform;

/// <summary>Finds the processes of workers.</summary>
internal static class WorkerProcesses
{
    /// <summary>The worker of a session.</summary>
    /// <param name="leader">The session's leader: a shell that supervises the worker.</param>
    public static int Of(int leader) => Directory.EnumerateDirectories("/proc")
        .Select(static path => int.TryParse(Path.GetFileName(path), out var pid) ? pid : 0)
        .First(pid => pid > 0 && IsWorkerOf(pid, leader));

    private static bool IsWorkerOf(int pid, int leader)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/stat").Split(") ")[^1].Split(' ')[1] == $"{leader}"
                && File.ReadAllText($"/proc/{pid}/cmdline").Contains("agent\0run", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
