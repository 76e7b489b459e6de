// How the storyboard page looks, on screen and on paper.

/** Episodes are laid out when they come near the view, so that a season of a thousand shots opens at once. */
export const pageStyle = (aspect: '9:16' | '16:9'): string => {
  const card = aspect === '9:16' ? 208 : 310;
  return `
*{box-sizing:border-box}html{scroll-padding-top:6.5rem}
body{margin:0;background:#f4f1ea;color:#221f1b;font:14px/1.5 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",system-ui,sans-serif}
i{font-style:normal;color:#8b8377;font-size:.86em}h1,h2,h3{margin:0;font-weight:650}
header{position:sticky;top:0;z-index:2;background:#221f1bf5;color:#f6f2ea;padding:.7rem 1.4rem .5rem}
header h1{font-size:1.15rem;display:inline-block}header h1 small{font-weight:400;font-size:.8rem;color:#c9bfae;margin-left:.6em}header i{color:#a99f8e}
.sum{display:inline-flex;gap:1.2rem;flex-wrap:wrap;margin:0 0 0 1.6rem;font-size:.82rem}.sum b{font-size:1.05rem}.bad,.bad b{color:#ff8a6b!important}
nav{display:flex;gap:.25rem;overflow-x:auto;align-items:center;padding-top:.4rem;font-size:.82rem}nav span{white-space:nowrap;margin-right:.3rem}
nav a{color:#f6f2ea;text-decoration:none;min-width:1.9rem;text-align:center;padding:.1rem .4rem;border-radius:.3rem;background:#3a352e;white-space:nowrap}nav a:hover{background:#e4512b}nav .w2{background:#54483a}
main{max-width:1560px;margin:0 auto;padding:1rem 1.4rem 4rem}
section{margin-bottom:2.2rem}.ep{content-visibility:auto;contain-intrinsic-size:auto 5200px}
h2{font-size:1.4rem;border-bottom:2px solid #221f1b;padding:.4rem 0;display:flex;align-items:baseline;gap:.8rem}h2 small{font-size:.8rem;font-weight:400;color:#6e665b;margin-left:auto}
h3{font-size:.98rem;margin:1.3rem 0 .6rem;display:flex;gap:.7rem;align-items:baseline;flex-wrap:wrap}h3 b{background:#221f1b;color:#fff;border-radius:.25rem;padding:0 .5rem}
.g{display:grid;grid-template-columns:repeat(auto-fill,minmax(${card}px,1fr));gap:.9rem;align-items:start}
.s{background:#fff;border-radius:.5rem;overflow:hidden;box-shadow:0 1px 3px #0002;break-inside:avoid}.s:target{outline:3px solid #e4512b}
.s .p{width:100%;height:auto}
.h{display:grid;grid-template-columns:auto 1fr auto;column-gap:.55rem;padding:.35rem .6rem;align-items:baseline;font-size:.8rem}.h b{font-size:1.05rem}.h span{font-weight:600}.h time{font-variant-numeric:tabular-nums;color:#6e665b}.h i{grid-column:2/4;font-size:.72rem;line-height:1.25;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.x{padding:.45rem .6rem .6rem}.x p{margin:.2rem 0;overflow-wrap:anywhere}.ac::before{content:"△ ";color:#8b8377}.dl{border-left:3px solid var(--c,#8d8a84);padding-left:.45rem}.dl b{color:var(--c,#55504a)}
.m{color:#6e665b;font-size:.76rem}.m b{font-weight:600;color:#55504a}.tag{display:inline-block;font-size:.7rem;background:#efe9dc;border-radius:.2rem;padding:0 .35rem;margin-right:.25rem}.tag.u{background:#fde3d8;color:#a13c17}
details{font-size:.74rem;margin-top:.35rem;color:#4a453e}summary{cursor:pointer;color:#8b8377}details p{margin:.3rem 0}
.as{display:grid;grid-template-columns:repeat(auto-fill,minmax(250px,1fr));gap:.7rem}.a1{display:flex;gap:.6rem;background:#fff;border-radius:.5rem;padding:.5rem;break-inside:avoid;content-visibility:auto;contain-intrinsic-size:auto 110px}.a1 svg{flex:none;width:56px;height:72px;border-radius:.3rem;background:#efe9dc}.a1 p{margin:.1rem 0;font-size:.78rem}.a1 b{font-size:.95rem}
.tb{overflow-x:auto}table{border-collapse:collapse;width:100%;background:#fff;font-size:.8rem;font-variant-numeric:tabular-nums}th,td{padding:.3rem .5rem;border-bottom:1px solid #e8e2d6;text-align:right}th:first-child,td:first-child{text-align:left}th{font-weight:600;background:#efe9dc}th i{display:block;font-weight:400}
.bar{display:flex;height:.75rem;min-width:130px;border-radius:.2rem;overflow:hidden}.bar span{display:block}.ok{color:#2f7d4f}.no{color:#c33}.leg span{display:inline-block;width:.8rem;height:.8rem;margin:0 .3rem 0 .9rem;vertical-align:-.1rem}
@media(max-width:600px){html{scroll-padding-top:.5rem}header{position:static;padding:.6rem .8rem}.sum{margin:0;gap:.3rem .9rem}h2{flex-wrap:wrap}h2 small{margin-left:0}main{padding:.6rem .8rem 3rem}.tb table{width:max-content;min-width:100%}}
@media print{header{position:static;background:none;color:#000;padding:0}nav{display:none}body{background:#fff;font-size:10px}main{padding:0;max-width:none}.ep,.a1{content-visibility:visible}.ep+.ep{break-before:page}section{margin-bottom:1rem}h2,h3{break-after:avoid}.g{grid-template-columns:repeat(${aspect === '9:16' ? 9 : 4},1fr);gap:.5rem}.s{box-shadow:none;border:1px solid #bbb}.h{grid-template-columns:auto 1fr;padding:.15rem .35rem;font-size:.62rem}.h b{font-size:.8rem}.h time{grid-area:1/2;text-align:right}.h span,.h i{grid-column:1/3;font-size:inherit}.x{padding:.15rem .35rem .25rem;line-height:1.3}.x p{margin:.1rem 0}.tag{font-size:inherit}h2{padding:.1rem 0}h3{margin:.4rem 0 .3rem}details{display:none}@page{size:A4 landscape;margin:8mm}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}`;
};
