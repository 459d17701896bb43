using System.Runtime.InteropServices;

namespace Donmai.Core.Tests.Workareas.Trees;

/// <summary>Lets a thread look at files as a user does who may not read everything, also where tests run as root.</summary>
internal static partial class OrdinaryUser
{
    private const int Nobody = 65534;

    /// <summary>Does it on a thread of its own, with the rights of nobody.</summary>
    public static T Do<T>(Func<T> act)
    {
        var (result, failure) = (default(T), default(Exception));
        var thread = new Thread(() =>
        {
            try
            {
                if (Environment.IsPrivilegedProcess)
                    _ = SetFileUser(Nobody); // of this thread alone
                result = act();
            }
            catch (Exception thrown)
            {
                failure = thrown;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? result! : throw failure;
    }

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int SetFileUser(uint user);
}
