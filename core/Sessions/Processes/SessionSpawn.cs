using System.Runtime.InteropServices;
using Donmai.Core.Sessions.Children;

namespace Donmai.Core.Sessions.Processes;

/// <summary>One <c>posix_spawn</c> of a session's leader: own session and group, output to files, nothing else inherited.</summary>
internal static unsafe class SessionSpawn
{
    private const string Null = "/dev/null";
    private const uint OwnerOnly = 0b110_000_000;
    private const int FirstInherited = 3;
    private const int LastClassicSignal = 31;

    /// <summary>Starts the words with the environment of the launch.</summary>
    /// <returns>The process id, which is also the id of its group and session.</returns>
    /// <exception cref="WorkerStartException">The system refused; nothing runs.</exception>
    internal static int Start(IReadOnlyList<string> words, IReadOnlyList<string> environment, string workingDirectory, string recordPath)
    {
        var attributes = stackalloc byte[PosixChildren.OpaqueSize];
        var actions = stackalloc byte[PosixChildren.OpaqueSize];
        using var arguments = new NativeWords(words);
        using var variables = new NativeWords(environment);
        _ = PosixChildren.AttributesInit(attributes);
        _ = PosixChildren.ActionsInit(actions);
        try
        {
            LikeAFreshSession(attributes);
            _ = PosixSessions.ActionsOpen(actions, 0, Null, PosixSessions.ReadOnly, 0);
            AppendTo(actions, 1, Path.Join(recordPath, SessionRecordFiles.StandardOutput));
            AppendTo(actions, 2, Path.Join(recordPath, SessionRecordFiles.StandardError));
            if (PosixSessions.ActionsCloseFrom != null)
                _ = PosixSessions.ActionsCloseFrom(actions, FirstInherited);
            _ = PosixChildren.ActionsDirectory(actions, workingDirectory);
            int pid;
            var failure = PosixSessions.Spawn(&pid, arguments.Pointer[0], actions, attributes, arguments.Pointer, variables.Pointer);
            return failure == 0 ? pid : throw new WorkerStartException(Reason(failure, workingDirectory, recordPath));
        }
        finally
        {
            _ = PosixChildren.ActionsDestroy(actions);
            _ = PosixChildren.AttributesDestroy(attributes);
        }
    }

    private static void AppendTo(byte* actions, int descriptor, string path) =>
        _ = PosixSessions.ActionsOpen(actions, descriptor, path, PosixSessions.AppendFlags, OwnerOnly);

    // The runtime ignores SIGPIPE, a service manager may ignore more; an ignored signal stays ignored across exec.
    private static void LikeAFreshSession(byte* attributes)
    {
        var signals = stackalloc byte[PosixChildren.OpaqueSize];
        _ = PosixChildren.NoSignals(signals);
        _ = PosixChildren.AttributesSignalMask(attributes, signals);
        for (var signal = 1; signal <= LastClassicSignal; signal++)
            _ = PosixChildren.AddSignal(signals, signal);
        _ = PosixChildren.AttributesDefaultSignals(attributes, signals);
        _ = PosixChildren.AttributesFlags(
            attributes, (short)(PosixSessions.NewSession | PosixChildren.SetSignalDefaults | PosixChildren.SetSignalMask));
    }

    // The system gives one number for five steps; say which of them it must have been.
    private static string Reason(int failure, string workingDirectory, string recordPath) =>
        !Directory.Exists(workingDirectory) ? $"the working directory {workingDirectory} does not exist"
        : !Directory.Exists(recordPath) ? $"the record directory {recordPath} does not exist"
        : $"{Marshal.GetPInvokeErrorMessage(failure)} (error {failure})";
}
