using System.Runtime.InteropServices;

namespace Donmai.Core.Sessions.Children;

/// <summary>One <c>posix_spawn</c> with pipes, an own process group and the signal dispositions of a fresh process.</summary>
internal static unsafe class ChildSpawn
{
    private const int LastClassicSignal = 31;

    /// <summary>Starts the program.</summary>
    /// <param name="start">What to start.</param>
    /// <param name="input">Descriptor that becomes standard input.</param>
    /// <param name="output">Descriptor that becomes standard output.</param>
    /// <param name="error">Descriptor that becomes standard error.</param>
    /// <returns>The process id, which is also the id of its group.</returns>
    /// <exception cref="ChildStartException">The system refused.</exception>
    internal static int Start(ChildProcessStart start, int input, int output, int error)
    {
        var attributes = stackalloc byte[PosixChildren.OpaqueSize];
        var actions = stackalloc byte[PosixChildren.OpaqueSize];
        var arguments = Strings([start.Program, .. start.Arguments]);
        var environment = Strings([.. start.Environment.Select(static pair => $"{pair.Key}={pair.Value}")]);
        _ = PosixChildren.AttributesInit(attributes);
        _ = PosixChildren.ActionsInit(actions);
        try
        {
            LikeAFreshProcess(attributes);
            _ = PosixChildren.ActionsDuplicate(actions, input, 0);
            _ = PosixChildren.ActionsDuplicate(actions, output, 1);
            _ = PosixChildren.ActionsDuplicate(actions, error, 2);
            _ = PosixChildren.ActionsDirectory(actions, start.WorkingDirectory);
            var failure = PosixChildren.Spawn(out var pid, start.Program, actions, attributes, arguments, environment);
            return failure == 0 ? pid : throw new ChildStartException(start.Program, failure);
        }
        finally
        {
            _ = PosixChildren.ActionsDestroy(actions);
            _ = PosixChildren.AttributesDestroy(attributes);
            Free(arguments);
            Free(environment);
        }
    }

    // The runtime ignores SIGPIPE, and an ignored signal stays ignored across exec.
    private static void LikeAFreshProcess(byte* attributes)
    {
        var signals = stackalloc byte[PosixChildren.OpaqueSize];
        _ = PosixChildren.NoSignals(signals);
        _ = PosixChildren.AttributesSignalMask(attributes, signals);
        for (var signal = 1; signal <= LastClassicSignal; signal++)
            if (signal is not (9 or 17 or 19) || OperatingSystem.IsMacOS())
                _ = PosixChildren.AddSignal(signals, signal);
        _ = PosixChildren.AttributesDefaultSignals(attributes, signals);
        _ = PosixChildren.AttributesGroup(attributes, 0);
        _ = PosixChildren.AttributesFlags(
            attributes, PosixChildren.SetProcessGroup | PosixChildren.SetSignalDefaults | PosixChildren.SetSignalMask);
    }

    private static byte** Strings(IReadOnlyList<string> values)
    {
        var list = (byte**)NativeMemory.AllocZeroed((nuint)values.Count + 1, (nuint)sizeof(byte*));
        for (var index = 0; index < values.Count; index++)
            list[index] = (byte*)Marshal.StringToCoTaskMemUTF8(values[index]);
        return list;
    }

    private static void Free(byte** list)
    {
        for (var entry = list; *entry != null; entry++)
            Marshal.FreeCoTaskMem((nint)(*entry));
        NativeMemory.Free(list);
    }
}
