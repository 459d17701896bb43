using System.Collections.Immutable;
using System.Net;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans.Serialization;

/// <summary>The types that can cross a grain boundary without being marked.</summary>
internal static class EngineCodecs
{
    public const string ReferenceName = "grain";

    public static CodecRegistration Create()
    {
        var codecs = new CodecRegistration();
        AddNumbers(codecs);
        AddValues(codecs);
        AddIdentities(codecs);
        AddCollections(codecs);
        return codecs;
    }

    private static void AddNumbers(CodecRegistration codecs)
    {
        Add<bool>(codecs, "bool", (w, v) => w.Byte(v ? (byte)1 : (byte)0), r => r.Byte() != 0);
        Add<byte>(codecs, "byte", (w, v) => w.Byte(v), r => r.Byte());
        Add<sbyte>(codecs, "sbyte", (w, v) => w.Byte((byte)v), r => (sbyte)r.Byte());
        Add<short>(codecs, "short", (w, v) => w.Integer(v), r => (short)r.Integer());
        Add<ushort>(codecs, "ushort", (w, v) => w.Integer(v), r => (ushort)r.Integer());
        Add<int>(codecs, "int", (w, v) => w.Integer(v), r => (int)r.Integer());
        Add<uint>(codecs, "uint", (w, v) => w.Integer(v), r => (uint)r.Integer());
        Add<long>(codecs, "long", (w, v) => w.Integer(v), r => r.Integer());
        Add<ulong>(codecs, "ulong", (w, v) => w.Integer((long)v), r => (ulong)r.Integer());
        Add<char>(codecs, "char", (w, v) => w.Integer(v), r => (char)r.Integer());
        Add<float>(codecs, "float", (w, v) => w.Integer(BitConverter.SingleToInt32Bits(v)), r => BitConverter.Int32BitsToSingle((int)r.Integer()));
        Add<double>(codecs, "double", (w, v) => w.Integer(BitConverter.DoubleToInt64Bits(v)), r => BitConverter.Int64BitsToDouble(r.Integer()));
        Add<decimal>(codecs, "decimal", WriteDecimal, ReadDecimal);
    }

    private static void AddValues(CodecRegistration codecs)
    {
        Add<string>(codecs, "string", (w, v) => w.Text(v), r => r.Text());
        Add<object>(codecs, "object", (_, _) => { }, _ => new object());
        Add<Nothing>(codecs, "nothing", (w, _) => w.Byte(0), r => Empty<Nothing>(r));
        Add<Guid>(codecs, "Guid", (w, v) => w.Bytes(v.ToByteArray()), r => new Guid(r.Bytes()));
        Add<DateTime>(codecs, "DateTime", (w, v) => w.Integer(v.ToBinary()), r => DateTime.FromBinary(r.Integer()));
        Add<DateTimeOffset>(codecs, "DateTimeOffset", WriteDateTimeOffset, r => new DateTimeOffset(r.Integer(), new TimeSpan(r.Integer())));
        Add<TimeSpan>(codecs, "TimeSpan", (w, v) => w.Integer(v.Ticks), r => new TimeSpan(r.Integer()));
        Add<DateOnly>(codecs, "DateOnly", (w, v) => w.Integer(v.DayNumber), r => DateOnly.FromDayNumber((int)r.Integer()));
        Add<TimeOnly>(codecs, "TimeOnly", (w, v) => w.Integer(v.Ticks), r => new TimeOnly(r.Integer()));
        Add<Uri>(codecs, "Uri", (w, v) => w.Text(v.OriginalString), r => new Uri(r.Text(), UriKind.RelativeOrAbsolute));
        Add<Version>(codecs, "Version", (w, v) => w.Text(v.ToString()), r => Version.Parse(r.Text()));
        Add<IPAddress>(codecs, "IPAddress", (w, v) => w.Text(v.ToString()), r => IPAddress.Parse(r.Text()));
        Add<IPEndPoint>(codecs, "IPEndPoint", (w, v) => w.Text(v.ToString()), r => IPEndPoint.Parse(r.Text()));
        Add<CancellationToken>(codecs, "CancellationToken", (w, _) => w.Byte(0), r => Empty<CancellationToken>(r));
        codecs.Add("Exception", () => new ExceptionCodec());
    }

    private static void AddIdentities(CodecRegistration codecs)
    {
        Add<IdSpan>(codecs, "IdSpan", (w, v) => w.Text(v.ToString()), r => IdSpan.Create(r.Text()));
        Add<GrainType>(codecs, "GrainType", (w, v) => w.Text(v.ToString()), r => GrainType.Create(r.Text()));
        Add<GrainInterfaceType>(codecs, "GrainInterfaceType", (w, v) => w.Text(v.ToString()), r => GrainInterfaceType.Create(r.Text()));
        Add<GrainId>(codecs, "GrainId", (w, v) => w.Text(v.ToString()), r => GrainId.Parse(r.Text()));
        codecs.Add(ReferenceName, () => new ReferenceCodec<GrainReference>());
    }

    private static void AddCollections(CodecRegistration codecs)
    {
        codecs.AddOpen("Nullable", typeof(Nullable<>), typeof(NullableCodec<>));
        codecs.AddOpen("List", typeof(List<>), typeof(ListCodec<>));
        codecs.AddOpen("HashSet", typeof(HashSet<>), typeof(HashSetCodec<>));
        codecs.AddOpen("Dictionary", typeof(Dictionary<,>), typeof(DictionaryCodec<,>));
        codecs.AddOpen("ImmutableArray", typeof(ImmutableArray<>), typeof(ImmutableArrayCodec<>));
        codecs.AddOpen("ImmutableDictionary", typeof(ImmutableDictionary<,>), typeof(ImmutableDictionaryCodec<,>));
        codecs.AddOpen("KeyValuePair", typeof(KeyValuePair<,>), typeof(KeyValuePairCodec<,>));
        codecs.AddOpen("ValueTuple2", typeof(ValueTuple<,>), typeof(PairCodec<,>));
        codecs.AddOpen("ValueTuple3", typeof(ValueTuple<,,>), typeof(TripleCodec<,,>));
        codecs.AddOpen("batch", typeof(StreamBatch<>), typeof(StreamBatchCodec<>));
    }

    private static void Add<T>(CodecRegistration codecs, string name, Action<WireWriter, T> write, Func<WireReader, T> read) =>
        codecs.Add(name, () => new ValueCodec<T>(write, read));

    /// <summary>Every value takes a byte at least, so that a count can be believed.</summary>
    private static T? Empty<T>(WireReader reader)
    {
        reader.Byte();
        return default;
    }

    private static void WriteDecimal(WireWriter writer, decimal value)
    {
        foreach (var part in decimal.GetBits(value))
        {
            writer.Integer(part);
        }
    }

    private static decimal ReadDecimal(WireReader reader) =>
        new([(int)reader.Integer(), (int)reader.Integer(), (int)reader.Integer(), (int)reader.Integer()]);

    private static void WriteDateTimeOffset(WireWriter writer, DateTimeOffset value)
    {
        writer.Integer(value.Ticks);
        writer.Integer(value.Offset.Ticks);
    }
}
