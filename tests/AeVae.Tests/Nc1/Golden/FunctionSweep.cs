using AeVae.Compute;
using AeVae.Compute.Lanes;

namespace AeVae.Tests.Nc1.Golden;

/// <summary>The elementary functions over many numbers, on any registers.</summary>
static unsafe class FunctionSweep
{
    // Every number of lanes divides an item.
    const int Item = 16;

    public static readonly string[] Names = ["exp", "ln", "log1p", "tanh", "sigmoid", "softplus"];

    /// <summary>A function of floats.</summary>
    public static float[] Of(string name, float[] x, SimdPath path)
    {
        float[] input = Padded(x), output = new float[input.Length];
        fixed (float* from = input, to = output)
        {
            FloatLoop loop = new(name, from, to);
            Simd.Run(ref loop, path, 0, input.Length / Item);
        }

        return output[..x.Length];
    }

    /// <summary>sin 2πu and cos 2πu, alternating.</summary>
    public static double[] SinCosTwoPi(double[] u, SimdPath path)
    {
        double[] sines = new double[u.Length], cosines = new double[u.Length];
        fixed (double* from = u, sine = sines, cosine = cosines)
        {
            AngleLoop loop = new(from, sine, cosine);
            Simd.Run(ref loop, path, 0, u.Length / Item);
        }

        return [.. sines.Zip(cosines, (sine, cosine) => new[] { sine, cosine }).SelectMany(pair => pair)];
    }

    /// <summary>a·b + c of floats, rounded once.</summary>
    public static float[] FusedMultiplyAdd(float[] a, float[] b, float[] c, SimdPath path)
    {
        float[] sums = new float[a.Length];
        fixed (float* left = a, right = b, addend = c, sum = sums)
        {
            FusedLoop loop = new(left, right, addend, sum);
            Simd.Run(ref loop, path, 0, a.Length / Item);
        }

        return sums;
    }

    static float[] Padded(float[] x)
    {
        float[] padded = new float[(x.Length + Item - 1) / Item * Item];
        x.CopyTo(padded, 0);
        return padded;
    }

    readonly struct FloatLoop(string name, float* x, float* y) : ILoop
    {
        public void Run<TFloat, TDouble>(int first, int end)
            where TFloat : struct, IFloatLanes<TFloat>
            where TDouble : struct, IDoubleLanes<TDouble>
        {
            for (int i = first * Item; i < end * Item; i += TDouble.Count) Of(TDouble.Widen(x + i)).Narrow(y + i);
        }

        T Of<T>(T x) where T : struct, IDoubleLanes<T> => name switch
        {
            "exp" => ElementaryFunctions.Exp(x),
            "ln" => ElementaryFunctions.Log(x),
            "log1p" => ElementaryFunctions.LogOnePlus(x),
            "tanh" => ElementaryFunctions.Tanh(x),
            "sigmoid" => ElementaryFunctions.Sigmoid(x),
            "softplus" => ElementaryFunctions.Softplus(x),
            _ => throw new InvalidOperationException($"no function {name}"),
        };
    }

    readonly struct AngleLoop(double* u, double* sine, double* cosine) : ILoop
    {
        public void Run<TFloat, TDouble>(int first, int end)
            where TFloat : struct, IFloatLanes<TFloat>
            where TDouble : struct, IDoubleLanes<TDouble>
        {
            for (int i = first * Item; i < end * Item; i += TDouble.Count)
            {
                (TDouble sin, TDouble cos) = ElementaryFunctions.SinCosTwoPi(TDouble.Load(u + i));
                sin.Store(sine + i);
                cos.Store(cosine + i);
            }
        }
    }

    readonly struct FusedLoop(float* a, float* b, float* c, float* sum) : ILoop
    {
        public void Run<TFloat, TDouble>(int first, int end)
            where TFloat : struct, IFloatLanes<TFloat>
            where TDouble : struct, IDoubleLanes<TDouble>
        {
            for (int i = first * Item; i < end * Item; i += TFloat.Count)
            {
                TFloat result = TFloat.Load(c + i);
                TFloat.FusedMultiplyAdd(TFloat.Load(a + i), TFloat.Load(b + i), ref result);
                result.Store(sum + i);
            }
        }
    }
}
