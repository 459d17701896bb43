using System.ComponentModel;

namespace Donmai.Core.Sessions.Children;

/// <summary>The system refused to start a program; nothing runs.</summary>
public sealed class ChildStartException : Exception
{
    /// <summary>Creates the refusal.</summary>
    /// <param name="program">The program.</param>
    /// <param name="error">The system's error number.</param>
    public ChildStartException(string program, int error)
        : base($"'{program}' could not be started: {new Win32Exception(error).Message}.") => Error = error;

    /// <summary>The system's error number (errno).</summary>
    public int Error { get; }

    /// <summary>Whether the same start may succeed a little later (EAGAIN, ENOMEM, ETXTBSY).</summary>
    public bool IsTransient => Error is 11 or 12 or 26 or 35;
}
