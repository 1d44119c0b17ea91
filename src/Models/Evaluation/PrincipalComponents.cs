using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AeVae.Compute;
using AeVae.Compute.Lanes;

namespace AeVae.Models.Evaluation;

/// <summary>The leading eigenvectors of a covariance matrix.</summary>
/// <param name="Axes">[i]: axis i, a unit vector whose largest component is positive.</param>
/// <param name="Variances">Variance along each axis, descending.</param>
/// <param name="TotalVariance">Trace of the covariance.</param>
/// <remarks>
/// A small matrix is solved by Jacobi rotations; a large one is first reduced to a subspace that holds its leading axes, by block power iteration with a
/// Rayleigh–Ritz step at the end (Golub and Van Loan, Matrix Computations, 8.2–8.5). Inner loops are compiled in full at once: a run is over before the
/// runtime would have found out that they are called often.
/// </remarks>
sealed record PrincipalComponents(double[][] Axes, double[] Variances, double TotalVariance)
{
    const int SmallSize = 128;
    const int Oversampling = 16;
    const int MaxIterations = 300;
    const double Tolerance = 1e-9;

    /// <param name="covariance">Symmetric, n rows of n.</param>
    /// <param name="count">Axes wanted, at most n.</param>
    /// <param name="team">Threads.</param>
    public static PrincipalComponents Of(double[][] covariance, int count, ThreadTeam team)
    {
        int size = covariance.Length, block = Math.Min(size, count + Oversampling);
        double[][] basis = size <= SmallSize || block == size ? Identity(size) : LeadingSubspace(covariance, block, count, team);
        double[][] projected = [.. basis.Select(q => Multiply(covariance, q))];
        double[][] small = [.. basis.Select(q => projected.Select(cq => Dot(q, cq)).ToArray())];   // Qᵀ·C·Q
        (double[] values, double[][] vectors) = SymmetricEigen.Solve(small);

        double[][] axes = [.. vectors.Take(count).Select(v => WithPositivePeak(Combine(v, basis)))];
        double trace = 0;
        for (int i = 0; i < size; i++) trace += covariance[i][i];
        return new(axes, values[..count], trace);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static double[][] LeadingSubspace(double[][] covariance, int block, int count, ThreadTeam team)
    {
        int size = covariance.Length;
        Matrix c = new(size, size), q = new(size, block), cq = new(size, block);
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++) c[i, j] = (float)covariance[i][j];
        }

        double[][] basis = RandomRows(block, size);
        Orthonormalize(basis, team);
        double previous = 0;
        for (int iteration = 0; iteration < MaxIterations; iteration++)
        {
            for (int i = 0; i < size; i++)
            {
                Span<float> row = q.Row(i);
                for (int j = 0; j < block; j++) row[j] = (float)basis[j][i];
            }

            DenseKernels.Product(c, q, cq, team);   // one power step; fp32 is enough, as its error enters the captured variance squared
            for (int i = 0; i < size; i++)
            {
                Span<float> row = cq.Row(i);
                for (int j = 0; j < block; j++) basis[j][i] = row[j];
            }

            double captured = Orthonormalize(basis, team).Take(count).Sum();
            if (Math.Abs(captured - previous) <= Tolerance * captured) break;
            previous = captured;
        }

        Orthonormalize(basis, team);   // once more, for orthogonality to the last digits
        return basis;
    }

    static double[][] RandomRows(int rows, int columns)
    {
        var stream = new RandomStream(0, "principal-components");
        float[] draws = new float[columns];
        double[][] result = new double[rows][];
        for (int i = 0; i < rows; i++)
        {
            stream.FillNormal(draws, step: (uint)i, epoch: 0);
            result[i] = [.. draws.Select(d => (double)d)];
        }

        return result;
    }

    /// <summary>Modified Gram–Schmidt; returns the lengths that were left of the rows. A row of which no more is left than fp32 rounds off lies in the span of those before it, and becomes zero.</summary>
    static double[] Orthonormalize(double[][] rows, ThreadTeam team)
    {
        const double Rounding = 1e-5;
        double[] whole = [.. rows.Select(row => Math.Sqrt(Dot(row, row)))], lengths = new double[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            double left = Math.Sqrt(Dot(rows[i], rows[i]));
            lengths[i] = left > Rounding * whole[i] ? left : 0;
            double scale = lengths[i] > 0 ? 1 / lengths[i] : 0;
            for (int k = 0; k < rows[i].Length; k++) rows[i][k] *= scale;
            team.Run(new ProjectOutLoop(rows, i), Cut.Parts(rows.Length - i - 1, ProjectOutLoop.Together), 4L * ProjectOutLoop.Together * rows[i].Length);
        }

        return lengths;
    }

    static double[] Multiply(double[][] matrix, double[] vector) => [.. matrix.Select(row => Dot(row, vector))];

    /// <summary>Four chains side by side, always in the same order: one alone waits for every addition.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector256<double>> fours = Fours(a), others = Fours(b);
        Vector256<double> sums = Vector256<double>.Zero;
        for (int i = 0; i < fours.Length; i++) sums += fours[i] * others[i];
        return Dot(sums, a, b);
    }

    /// <summary>Products of one vector with four others, each with the bits of <see cref="Dot(ReadOnlySpan{double}, ReadOnlySpan{double})"/>: none waits for the additions of another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static (double, double, double, double) Dots(ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c, ReadOnlySpan<double> d, ReadOnlySpan<double> e)
    {
        ReadOnlySpan<Vector256<double>> fours = Fours(a), bs = Fours(b), cs = Fours(c), ds = Fours(d), es = Fours(e);
        Vector256<double> sumsB = Vector256<double>.Zero, sumsC = sumsB, sumsD = sumsB, sumsE = sumsB;
        for (int i = 0; i < fours.Length; i++)
        {
            sumsB += fours[i] * bs[i];
            sumsC += fours[i] * cs[i];
            sumsD += fours[i] * ds[i];
            sumsE += fours[i] * es[i];
        }

        return (Dot(sumsB, a, b), Dot(sumsC, a, c), Dot(sumsD, a, d), Dot(sumsE, a, e));
    }

    /// <summary>What the four chains come to, the first of them with the elements that are left over.</summary>
    static double Dot(Vector256<double> sums, ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double first = sums[0];
        for (int i = a.Length - a.Length % Vector256<double>.Count; i < a.Length; i++) first += a[i] * b[i];
        return first + sums[1] + (sums[2] + sums[3]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void AddScaled(double factor, ReadOnlySpan<double> term, Span<double> sum)
    {
        ReadOnlySpan<Vector256<double>> fours = Fours(term);
        Span<Vector256<double>> sums = MemoryMarshal.Cast<double, Vector256<double>>(sum);
        for (int i = 0; i < fours.Length; i++) sums[i] += factor * fours[i];
        for (int i = fours.Length * Vector256<double>.Count; i < sum.Length; i++) sum[i] += factor * term[i];
    }

    static ReadOnlySpan<Vector256<double>> Fours(ReadOnlySpan<double> values) => MemoryMarshal.Cast<double, Vector256<double>>(values);

    static double[] Combine(double[] weights, double[][] rows)
    {
        double[] sum = new double[rows[0].Length];
        for (int j = 0; j < rows.Length; j++) AddScaled(weights[j], rows[j], sum);
        return sum;
    }

    static double[] WithPositivePeak(double[] axis)
    {
        int peak = 0;
        for (int i = 1; i < axis.Length; i++)
        {
            if (Math.Abs(axis[i]) > Math.Abs(axis[peak])) peak = i;
        }

        return axis[peak] < 0 ? [.. axis.Select(v => -v)] : axis;
    }

    static double[][] Identity(int size)
    {
        double[][] rows = new double[size][];
        for (int i = 0; i < size; i++)
        {
            rows[i] = new double[size];
            rows[i][i] = 1;
        }

        return rows;
    }

    /// <summary>Takes the direction of one row out of the rows after it. An item is four of these, or what is left.</summary>
    readonly struct ProjectOutLoop(double[][] rows, int direction) : ILoop
    {
        public const int Together = 4;

        public void Run<TFloat, TDouble>(int first, int end)
            where TFloat : struct, IFloatLanes<TFloat>
            where TDouble : struct, IDoubleLanes<TDouble>
        {
            double[] unit = rows[direction];
            Span<double[]> others = rows.AsSpan(direction + 1)[(first * Together)..Math.Min(end * Together, rows.Length - direction - 1)];
            for (; others.Length >= Together; others = others[Together..])
            {
                (double a, double b, double c, double d) = Dots(unit, others[0], others[1], others[2], others[3]);
                AddScaled(-a, unit, others[0]);
                AddScaled(-b, unit, others[1]);
                AddScaled(-c, unit, others[2]);
                AddScaled(-d, unit, others[3]);
            }

            foreach (double[] row in others) AddScaled(-Dot(unit, row), unit, row);
        }
    }
}
