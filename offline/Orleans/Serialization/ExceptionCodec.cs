using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Orleans.Serialization;

/// <summary>What every exception has: message, cause, result code, where it was thrown.</summary>
internal sealed class ExceptionCodec : ObjectCodec<Exception>
{
    public override bool IsImmutable => true;

    public override void CopyMembers(Exception from, Exception to, CopyContext context)
    {
        Message(to) = from.Message;
        Inner(to) = from.InnerException;
        to.HResult = from.HResult;
    }

    public override void WriteMembers(WireWriter writer, Exception value)
    {
        writer.Text(value.Message);
        writer.Write(value.InnerException);
        writer.Integer(value.HResult);
        writer.Text(value.StackTrace ?? "");
    }

    public override void ReadMembers(WireReader reader, Exception value)
    {
        Message(value) = reader.Text();
        Inner(value) = reader.Read<Exception?>();
        value.HResult = (int)reader.Integer();
        if (reader.Text() is { Length: > 0 } stackTrace)
        {
            ExceptionDispatchInfo.SetRemoteStackTrace(value, stackTrace);
        }
    }

    protected override Exception Create() => (Exception)RuntimeHelpers.GetUninitializedObject(typeof(Exception));

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_message")]
    private static extern ref string? Message(Exception exception);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_innerException")]
    private static extern ref Exception? Inner(Exception exception);
}
