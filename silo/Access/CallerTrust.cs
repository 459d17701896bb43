namespace Donmai.Silo.Access;

/// <summary>What is known about who opened a connection to the control API (control-api.md §1.2).</summary>
internal enum CallerTrust
{
    /// <summary>The operating system cannot tell, or the listener is open to other machines: the control token decides.</summary>
    Unknown,

    /// <summary>The daemon's own user, or root.</summary>
    SameUser,

    /// <summary>Another user of this machine.</summary>
    OtherUser,
}
