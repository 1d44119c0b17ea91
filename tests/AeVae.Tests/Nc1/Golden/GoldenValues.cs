using System.Runtime.InteropServices;
using System.Security.Cryptography;
using AeVae.Compute;
using AeVae.Data.Batches;
using AeVae.Models;
using AeVae.Models.Schedules;

namespace AeVae.Tests.Nc1.Golden;

/// <summary>The sections of golden.txt, computed by the product in the lines of tests/nc1-reference/golden.c.</summary>
static class GoldenValues
{
    public static IEnumerable<string> Lines(string section, SimdPath path) => section switch
    {
        "philox" => KnownBlocks(),
        "streams" =>
        [
            .. Draws(1, "noise", 1, 1, path),
            .. Draws(42, "shuffle", 3, 0, path),
            .. Draws(0x123456789abcdef0, "init/encoder.0.weight", 0, 0, path),
            .. Draws(0, "abc", uint.MaxValue, uint.MaxValue, path),
        ],
        "fused multiply-add" => FusedMultiplyAdds(path),
        "functions" => TableOfFunctions(path),
        "sweeps" => SweepOfFunctions(path),
        "schedules" => Schedules(),
        "images" => Images(),
        _ => GoldenRun.Lines(GoldenRecipes.All[section], path),
    };

    static IEnumerable<string> KnownBlocks()
    {
        (UInt4 Counter, ulong Key)[] inputs =
        [
            (default, 0),
            (new(uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue), ulong.MaxValue),
            (new(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344), 0x299f31d0_a4093822),
        ];
        return inputs.Select(input => Philox4x32.Block(input.Counter, input.Key)).Select(block => $"{block.X:x8} {block.Y:x8} {block.Z:x8} {block.W:x8}");
    }

    static IEnumerable<string> Draws(ulong seed, string purpose, uint epoch, uint step, SimdPath path)
    {
        RandomStream stream = new(seed, purpose);
        float[] uniform = new float[6], normals = new float[10001];
        int[] items = [.. Enumerable.Range(0, 1000)];
        stream.FillUniform(uniform, step, epoch);
        stream.FillNormal(normals, step, epoch, firstElement: 0, path);
        stream.Shuffle(items, epoch);
        yield return $"seed {seed:x16} purpose {purpose} epoch {epoch} step {step}";
        yield return $"uniform  {string.Join(' ', uniform.Select(Pattern.Of))}";
        yield return $"normal   {string.Join(' ', normals[..6].Select(Pattern.Of))}";
        yield return $"normals  {Sha256<float>(normals)}";
        yield return $"shuffled {EpochOrder.Sha256(items)}";
    }

    static IEnumerable<string> FusedMultiplyAdds(SimdPath path)
    {
        const int Triples = 100000;
        uint[] words = new uint[4 * Triples];
        new RandomStream(1, "reference/fused").FillBits(words, step: 0, epoch: 0);
        float[] a = new float[Triples], b = new float[Triples], c = new float[Triples];
        for (int i = 0; i < Triples; i++)
        {
            ReadOnlySpan<uint> w = words.AsSpan(4 * i, 4);
            uint signsAndDigits = w[3] % 2 == 1 ? 0x807ff800 : 0x807fffff;
            uint exponentOfA = (w[3] >> 8) & 127, exponentOfB = (w[3] >> 16) & 127, sum = exponentOfA + exponentOfB + ((w[3] >> 24) & 127);
            uint exponentOfC = sum < 122 ? 0 : (sum - 122) % 255;
            a[i] = BitConverter.UInt32BitsToSingle((w[0] & signsAndDigits) | (exponentOfA << 23));
            b[i] = BitConverter.UInt32BitsToSingle((w[1] & signsAndDigits) | ((exponentOfB + 95) << 23));
            c[i] = BitConverter.UInt32BitsToSingle((w[2] & 0x807fffff) | (exponentOfC << 23));
        }

        yield return Sha256<uint>(FunctionSweep.FusedMultiplyAdd(a, b, c, path).Select(Comparable).ToArray());
    }

    static IEnumerable<string> TableOfFunctions(SimdPath path)
    {
        float[] x = [0, -0f, float.Epsilon, 1e-5f, -1e-5f, 0.3f, -0.3f, 1, -1, 1.5f, -2.75f, 10, -20, 88.7f, -103, 3e38f, float.PositiveInfinity, float.NegativeInfinity];
        float[][] columns = [x, .. FunctionSweep.Names.Select(name => FunctionSweep.Of(name, x, path))];
        return x.Select((_, row) => string.Join(' ', columns.Select(column => Pattern.Of(column[row]))));
    }

    static IEnumerable<string> SweepOfFunctions(SimdPath path)
    {
        const uint Stride = 16381;
        float[] x = [.. Enumerable.Range(0, (int)(uint.MaxValue / Stride) + 1).Select(i => BitConverter.UInt32BitsToSingle((uint)i * Stride))];
        foreach (string name in FunctionSweep.Names)
            yield return $"{name,-9} {Sha256<uint>(FunctionSweep.Of(name, x, path).Select(Comparable).ToArray())}";
        double[] turns = [.. Enumerable.Range(0, 1 << 16).Select(i => i / 65536.0 + 1.0 / (1 << 24))];
        yield return $"sincos2pi {Sha256<double>(FunctionSweep.SinCosTwoPi(turns, path))}";
    }

    static IEnumerable<string> Schedules()
    {
        const int Epochs = 8;
        (string Name, ScheduleOptions Options)[] shapes =
        [
            ("constant", new()),
            ("step", new() { Type = ScheduleType.Step, Gamma = 0.7, StepSize = 3 }),
            ("multistep", new() { Type = ScheduleType.Multistep, Gamma = 0.7, Milestones = [2, 5, 6] }),
            ("exponential", new() { Type = ScheduleType.Exponential, Gamma = 0.7 }),
            ("warmup", new() { Type = ScheduleType.Warmup, WarmupEpochs = 3 }),
            ("cosine", new() { Type = ScheduleType.Cosine, MinLearningRate = 0.01, WarmupEpochs = 3 }),
        ];
        foreach ((string name, ScheduleOptions options) in shapes) yield return Line(name, new LearningRateSchedule(options, learningRate: 0.1, Epochs).Rate);
        yield return Line("kl weight", epoch => KlWarmup.Weight(new LossOptions { KlWeight = 0.7, KlWarmupEpochs = 6 }, epoch));

        static string Line(string name, Func<int, double> value) => $"{name,-11} {string.Join(' ', Enumerable.Range(1, Epochs).Select(epoch => Pattern.Of(value(epoch))))}";
    }

    static IEnumerable<string> Images() =>
    [
        $"training pixels       {Convert.ToHexStringLower(SHA256.HashData(ReferenceRun.Splits.Train.Pixels.Span))}",
        $"validation pixels     {Convert.ToHexStringLower(SHA256.HashData(ReferenceRun.Splits.Validation.Pixels.Span))}",
    ];

    /// <summary>One pattern for every NaN.</summary>
    static uint Comparable(float x) => float.IsNaN(x) ? 0x7fc00000 : BitConverter.SingleToUInt32Bits(x);

    // Little-endian, as every machine is that .NET runs on.
    static string Sha256<T>(T[] numbers) where T : struct => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<T>(numbers)));
}
