namespace Donmai.Silo.Access;

/// <summary>The owner of one end of a TCP connection on this machine.</summary>
/// <param name="UserId">Numeric user id.</param>
/// <param name="IsOpen">
/// Whether a process still holds the socket. The kernel reports user 0 for a socket that was closed, so an owner that is not open
/// says nothing.
/// </param>
internal readonly record struct SocketOwner(uint UserId, bool IsOpen);
